import type { LogFields, Telemetry } from '../platform/telemetry.ts';

/** Makes a telemetry that writes nothing, and remembers the kind of the last failure. */
export function createFailureRecorder(): { readonly telemetry: Telemetry; last(): string | null } {
  let kind: string | null = null;
  const remember = (fields: LogFields = {}) => {
    if (typeof fields.kind === 'string') kind = fields.kind;
  };
  return {
    telemetry: {
      info: () => undefined,
      warn: (_message, fields) => remember(fields),
      error: (_message, _error, fields) => remember(fields),
      count: () => undefined,
      measure: () => undefined,
      flush: () => undefined,
    },
    last: () => kind,
  };
}
