import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { eventSchemaJson } from '../../shared/contract/event-schema.ts';

it('the published event schema equals the types (npm run schema updates it)', async () => {
  const published = await readFile('docs/events/verification-event.v1.schema.json', 'utf8');

  expect(published).toBe(eventSchemaJson());
});

it('the event schema allows unknown members, because we may add members', () => {
  expect(eventSchemaJson()).not.toContain('"additionalProperties": false');
});
