import { findByCode } from '../../parsing/find-by-code.ts';
import { memberOf } from '../../parsing/member-of.ts';

/** Datakeen's sample has numbers only; these are the words that nobody could mistake. */
const words: ReadonlyMap<string, number> = new Map([
  ...['PENDING', 'QUEUED', 'WAITING', 'STARTED', 'RUNNING', 'PROCESSING', 'IN_PROGRESS', 'IN PROGRESS'].map(
    (word) => [word, 202] as const,
  ),
  ...['FAILED', 'FAILURE', 'ERROR'].map((word) => [word, 500] as const),
]);

/**
 * Datakeen repeats HTTP's status inside its JSON, at several levels, and an answer of 200 may hold another one.
 *
 * @returns the status of this level; null where it has none that reads like HTTP's
 */
export function bodyStatus(level: unknown): number | null {
  const status = memberOf(level, 'status');
  const code = typeof status === 'string' || typeof status === 'number' ? Number(status) : Number.NaN;
  return Number.isInteger(code) && code >= 100 && code <= 599 ? code : findByCode(words, status);
}

/** Whether this level is still being worked on. */
export const isPending = (status: number | null) => status !== null && (status < 200 || status === 202);

export const hasFailed = (status: number | null) => status !== null && status >= 300;
