import * as z from 'zod/mini';
import { eventSchemaId, VerificationEvent } from './verification-event.ts';

/** Returns the JSON Schema (2020-12) of the events, as text. `docs/events/` publishes the same text. */
export function buildEventSchemaJson(): string {
  // With `io: input`, the JSON Schema accepts unknown members. Consumers must accept them too, because we add members
  // without a new version.
  const schema = z.toJSONSchema(VerificationEvent, { io: 'input' });
  return `${JSON.stringify({ $id: eventSchemaId, title: 'Verification event, version 1', ...schema }, null, 2)}\n`;
}
