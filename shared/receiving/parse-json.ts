import { parseUtf8Json } from '../parsing/parse-utf8-json.ts';

/**
 * The maximum number of nested lists and objects. IDnow's bodies have 5 levels. Recursive code, such as the
 * fingerprint, relies on this limit.
 */
const maxDepth = 64;

export type ParsedJson =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'too-deep' };

/** Parses JSON in UTF-8. A byte order mark is allowed. This function never throws. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  try {
    const value = parseUtf8Json(bytes);
    return isTooDeep(value) ? { kind: 'too-deep' } : { kind: 'json', value };
  } catch {
    return { kind: 'not-json' };
  }
}

/**
 * Checks whether lists and objects are nested too deeply. This function looks at one level after the other, without
 * recursion, because deep recursion could overflow the stack.
 */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const next: object[] = [];
    for (const container of level)
      for (const member of Object.values(container)) if (isContainer(member)) next.push(member);
    level = next;
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
