import { findByCode } from '../../parsing/find-by-code.ts';
import { getJsonMember } from '../../parsing/member-of.ts';

/**
 * Texts that we read as an HTTP status. Datakeen's sample contains only numbers, but each of these texts has only one
 * possible meaning.
 */
const statusTexts: ReadonlyMap<string, number> = new Map([
  ...['PENDING', 'QUEUED', 'WAITING', 'STARTED', 'RUNNING', 'PROCESSING', 'IN_PROGRESS', 'IN PROGRESS'].map(
    (text) => [text, 202] as const,
  ),
  ...['FAILED', 'FAILURE', 'ERROR'].map((text) => [text, 500] as const),
]);

/**
 * Returns the status at one level of Datakeen's JSON, as an HTTP status. Datakeen repeats the HTTP status at several
 * levels, and an answer with HTTP status 200 may contain another status.
 *
 * @returns null if the level has no status, or a status that corresponds to no HTTP status
 */
export function readHttpStatusInBody(level: unknown): number | null {
  const status = getJsonMember(level, 'status');
  const code = typeof status === 'string' || typeof status === 'number' ? Number(status) : Number.NaN;
  return Number.isInteger(code) && code >= 100 && code <= 599 ? code : findByCode(statusTexts, status);
}

/** True if the status says that Datakeen is still working. */
export const isPendingHttpStatus = (status: number | null) =>
  status !== null && (status < 200 || status === 202);

export const isFailedHttpStatus = (status: number | null) => status !== null && status >= 300;
