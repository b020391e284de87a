import type { LeafPredicate } from '../../parsing/account-for-leaves.ts';
import { isText, parseText } from './texts.ts';

/** Reads the first names, which are a list or one text. A number is no name. @returns null if there are none */
export function joinFirstNames(names: unknown): string | null {
  const list: unknown[] = Array.isArray(names) ? names : [names];
  const read = list.flatMap((name) => (typeof name === 'string' ? (parseText(name) ?? []) : []));
  return read.length === 0 ? null : read.join(' ');
}

/**
 * Checks whether the claim `given_name` contains `first_name`, word by word: `Jeanette` does not contain `Jean`. The claim
 * is made of `first_names` if there are any.
 */
export const isFirstNameInClaim: LeafPredicate = (leaf, { first_names }) => {
  if (!isText(leaf)) return false;
  const joined = joinFirstNames(first_names);
  return joined === null || spacedWords(joined).includes(spacedWords(parseText(leaf) ?? ''));
};

/** Returns the words of a text, with one space before and after each. */
const spacedWords = (text: string) => ` ${text.split(/\s+/).join(' ')} `;
