import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { eventSchemaJson } from '../../shared/contract/event-schema.ts';
import { VerificationEventData } from '../../shared/contract/verification-event.ts';

it('is published as the types have it (npm run schema writes it anew)', async () => {
  const published = await readFile('docs/events/verification-event.v1.schema.json', 'utf8');

  expect(published).toBe(eventSchemaJson());
});

it('lets a new provider publish events without a new schema', () => {
  const { provider } = VerificationEventData.shape;

  expect(provider.safeParse('acme').success).toBe(true);
  expect(JSON.parse(eventSchemaJson())).toMatchObject({
    properties: { data: { properties: { provider: { type: 'string', pattern: expect.any(String) } } } },
  });
});

it.each(['', 'Idnow', 'a:b', '../idnow', '1idnow', 'a'.repeat(33)])(
  'rejects %j as the name of a provider, because a key with it could lead elsewhere',
  (name) => {
    expect(VerificationEventData.shape.provider.safeParse(name).success).toBe(false);
  },
);

it('forbids no member that it does not know: new ones may come', () => {
  expect(eventSchemaJson()).not.toContain('"additionalProperties": false');
});
