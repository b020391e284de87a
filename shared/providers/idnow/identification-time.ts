import { parseInstant } from '../../parsing/instant.ts';

export type IdentificationTime =
  | { readonly readable: true; readonly instant: string | null }
  | { readonly readable: false };

/**
 * Reads `identificationtime`, which is null for aborted idents. An unreadable time is not read as a missing time, because
 * the case would then be ordered without its time, unnoticed.
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
