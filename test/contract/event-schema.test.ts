import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { eventSchemaJson } from '../../shared/contract/event-schema.ts';

it('is published as the types have it (npm run schema writes it anew)', async () => {
  const published = await readFile('docs/events/verification-event.v1.schema.json', 'utf8');

  expect(published).toBe(eventSchemaJson());
});

it('forbids no member that it does not know: new ones may come', () => {
  expect(eventSchemaJson()).not.toContain('"additionalProperties": false');
});
