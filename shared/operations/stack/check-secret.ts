import * as z from 'zod';
import type { SecretDescription } from '../../providers/provider-stage.ts';

/** The state of a secret. No text of a report contains a part of the secret. */
export type SecretReport =
  | { readonly kind: 'complete' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed'; readonly problems: string };

/**
 * Checks what an operator has entered into a secret.
 *
 * @param text the content of the secret; undefined if it has none
 */
export function checkSecret(
  text: string | undefined,
  { empty, complete }: Pick<SecretDescription, 'empty' | 'complete'>,
): SecretReport {
  if (text === undefined || text === '') return { kind: 'empty' };
  const value = parseJson(text);
  if (value === undefined) return { kind: 'malformed', problems: 'is not JSON' };
  if (isEmpty(value, empty)) return { kind: 'empty' };
  const issues = complete === undefined ? [] : (z.safeParse(complete, value).error?.issues ?? []);
  if (issues.length === 0) return { kind: 'complete' };
  const problems = issues.map(({ path, message }) => `${z.core.toDotPath(path) || 'the JSON'}: ${message}`);
  return { kind: 'malformed', problems: problems.join('; ') };
}

/** True if a secret still has the values that it has without credentials. Further members do not count. */
function isEmpty(value: unknown, empty: object): boolean {
  const members = z.record(z.string(), z.unknown()).safeParse(value).data;
  if (members === undefined) return value === null;
  return Object.entries(empty).every(
    ([name, nothing]) => JSON.stringify(members[name] ?? nothing) === JSON.stringify(nothing),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Ignore the parser's error, because its message quotes the secret.
    return undefined;
  }
}
