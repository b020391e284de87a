import { parseInstant } from '../../parsing/instant.ts';

export type OccurredAt =
  | { readonly readable: true; readonly instant: string | null }
  | { readonly readable: false };

/**
 * `identificationtime`, which is null for aborted idents. One that is there but cannot be read is not
 * taken for missing: order would then silently stop to depend on it.
 */
export function occurredAt(identificationtime: unknown): OccurredAt {
  if (identificationtime === undefined || identificationtime === null)
    return { readable: true, instant: null };
  if (typeof identificationtime !== 'string') return { readable: false };
  const text = identificationtime.trim();
  if (text === '') return { readable: true, instant: null };
  const instant = parseInstant(text);
  return instant === null ? { readable: false } : { readable: true, instant };
}
