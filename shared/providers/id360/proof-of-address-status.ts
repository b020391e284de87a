import { isObject } from '../../parsing/member-of.ts';
import { parseText } from './texts.ts';

/**
 * Reads ID360's status of an uploaded proof of address.
 *
 * @returns null if the status says neither that the document passed nor that it failed
 */
export function parseProofStatus(status: string): boolean | null {
  const known = status.toUpperCase();
  if (known === 'OK') return true;
  return known === 'KO' ? false : null;
}

/** True if every status of a proof of address is OK, and also if the report has no status of a proof. */
export const areProofsAccepted = (statuses: readonly string[]): boolean =>
  statuses.every((status) => parseProofStatus(status) === true);

/**
 * Collects the statuses of the proofs of address in `documents`, wherever they stand: a status that we overlooked would
 * verify a refused address. A status that is no text becomes an empty text, which accepts nothing.
 */
export function collectProofStatuses(documents: unknown): string[] {
  if (!isObject(documents)) return [];
  return Object.entries(documents)
    .filter(([name]) => /^proof_of_address(\$|$)/.test(name))
    .flatMap(([, proofs]) => collectStatuses(proofs));
}

const maxDepth = 32;

/** Deeper than any real report, a status is not looked for: the proof is then not accepted. */
function collectStatuses(value: unknown, depth = 0): string[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  if (depth > maxDepth) return [''];
  return Object.entries(value).flatMap(([name, member]) => {
    const isStatus = name.toLowerCase() === 'status' && member !== null;
    return isStatus ? [parseText(member) ?? ''] : collectStatuses(member, depth + 1);
  });
}
