import * as z from 'zod';
import { dataSchema, VerificationEvent } from './verification-event.ts';

/** The JSON Schema (2020-12) of the event, as `docs/events/` publishes it. */
export function eventSchemaJson(): string {
  // Consumers must take members that they do not know: we add some without a new version.
  const schema = z.toJSONSchema(VerificationEvent, { io: 'input' });
  return `${JSON.stringify({ $id: dataSchema, title: 'Verification event, version 1', ...schema }, null, 2)}\n`;
}
