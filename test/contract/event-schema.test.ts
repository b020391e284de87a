import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { buildEventSchemaJson } from '../../shared/contract/event-schema.ts';
import { VerificationEventData } from '../../shared/contract/verification-event.ts';

it('the event schema in docs/events equals the event types of the code (npm run schema updates it)', async () => {
  const published = await readFile('docs/events/verification-event.v1.schema.json', 'utf8');

  expect(published).toBe(buildEventSchemaJson());
});

it('the event schema accepts events of a provider that is added later', () => {
  const { provider } = VerificationEventData.shape;

  expect(provider.safeParse('acme').success).toBe(true);
  expect(JSON.parse(buildEventSchemaJson())).toMatchObject({
    properties: { data: { properties: { provider: { type: 'string', pattern: expect.any(String) } } } },
  });
});

it.each(['', 'Idnow', 'a:b', '../idnow', '1idnow', 'a'.repeat(33)])(
  'the event contract rejects the provider name %j, because a provider name is a part of S3 keys',
  (name) => {
    expect(VerificationEventData.shape.provider.safeParse(name).success).toBe(false);
  },
);

it('the event schema allows unknown members, so that we can add members later', () => {
  expect(buildEventSchemaJson()).not.toContain('"additionalProperties": false');
});

it('the event contract keeps a member of provider_data with the name __proto__, and rejects a list', () => {
  const { provider_data } = VerificationEventData.shape;
  const given = '{"__proto__":{"a":1}}';

  expect(JSON.stringify(provider_data.parse(JSON.parse(given)))).toBe(given);
  expect(provider_data.safeParse([]).success).toBe(false);
  expect(JSON.parse(buildEventSchemaJson())).toMatchObject({
    properties: { data: { properties: { provider_data: { type: 'object' } } } },
  });
});
