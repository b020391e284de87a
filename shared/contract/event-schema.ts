import * as z from 'zod/mini';
import { ProviderData } from './provider-data.ts';
import { eventSchemaId, VerificationEvent } from './verification-event.ts';

/** Returns the JSON Schema (2020-12) of the events, as text. `docs/events/` publishes the same text. */
export function buildEventSchemaJson(): string {
  // With `io: input`, the JSON Schema accepts unknown members. Consumers must accept them too, because we add members
  // without a new version.
  const schema = z.toJSONSchema(VerificationEvent, {
    io: 'input',
    // zod cannot know that JSON Schema can describe `ProviderData`: in the same way as a `z.record`.
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== ProviderData) return;
      Object.assign(jsonSchema, {
        type: 'object',
        propertyNames: { type: 'string' },
        additionalProperties: {},
      });
    },
  });
  return `${JSON.stringify({ $id: eventSchemaId, title: 'Verification event, version 1', ...schema }, null, 2)}\n`;
}
