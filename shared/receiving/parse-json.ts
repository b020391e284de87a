/** In levels of lists and objects. Deeper than any provider's body (IDnow: 5); recursive code, such as the fingerprint, relies on it. */
const maxDepth = 64;

export type ParsedJson =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'too-deep' };

/** Parses UTF-8 JSON (a byte order mark is allowed). Never throws. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isTooDeep(value) ? { kind: 'too-deep' } : { kind: 'json', value };
  } catch {
    return { kind: 'not-json' };
  }
}

/** Level by level, without recursion: this is what guards the stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((container) => Object.values(container)).filter(isContainer);
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
