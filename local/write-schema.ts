import { writeFile } from 'node:fs/promises';
import { buildEventSchemaJson } from '../shared/contract/event-schema.ts';

await writeFile(
  new URL('../docs/events/verification-event.v1.schema.json', import.meta.url),
  buildEventSchemaJson(),
);
