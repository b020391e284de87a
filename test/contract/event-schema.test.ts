import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { eventSchemaJson } from '../../shared/contract/event-schema.ts';
import { VerificationEventData } from '../../shared/contract/verification-event.ts';

it('the published event schema equals the types (npm run schema updates it)', async () => {
  const published = await readFile('docs/events/verification-event.v1.schema.json', 'utf8');

  expect(published).toBe(eventSchemaJson());
});

it('a new provider publishes events without a new event schema', () => {
  const { provider } = VerificationEventData.shape;

  expect(provider.safeParse('acme').success).toBe(true);
  expect(JSON.parse(eventSchemaJson())).toMatchObject({
    properties: { data: { properties: { provider: { type: 'string', pattern: expect.any(String) } } } },
  });
});

it.each(['', 'Idnow', 'a:b', '../idnow', '1idnow', 'a'.repeat(33)])(
  '%j is rejected as the name of a provider, because it could change the path of a key',
  (name) => {
    expect(VerificationEventData.shape.provider.safeParse(name).success).toBe(false);
  },
);

it('the event schema allows unknown members, because we may add members', () => {
  expect(eventSchemaJson()).not.toContain('"additionalProperties": false');
});
