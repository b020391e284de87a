import { parseInstant } from '../../parsing/instant.ts';

export type IdentificationTime =
  | { readonly readable: true; readonly instant: string | null }
  | { readonly readable: false };

/**
 * Reads `identificationtime`, which is null for aborted idents. An unreadable time is not treated as a missing time.
 * Otherwise, the ident would be ordered without its time, and nobody would notice.
 */
export function parseIdentificationTime(identificationtime: unknown): IdentificationTime {
  if (identificationtime === undefined || identificationtime === null)
    return { readable: true, instant: null };
  if (typeof identificationtime !== 'string') return { readable: false };
  const text = identificationtime.trim();
  if (text === '') return { readable: true, instant: null };
  const instant = parseInstant(text);
  return instant === null ? { readable: false } : { readable: true, instant };
}
