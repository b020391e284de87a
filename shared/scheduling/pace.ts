import { instant } from '../parsing/instant.ts';
import type { Verification } from '../verifications/verification.ts';

/** Whoever knows a signed URL can repeat a hint without end; the provider is asked this often. */
const maxLooks = 2;
const withinMs = 60_000;

/** More than the hints that one session can have at the URLs that know it. */
const maxFailedHints = 32;

/** The failed hints to remember, with one more. */
export function addFailedHint({ failedHints }: Pick<Verification, 'failedHints'>, added: string): string[] {
  return [...failedHints.filter((each) => each !== added), added].slice(-maxFailedHints);
}

/** The looks to remember, with one at `at`. @param at ISO 8601 instant */
export function addLook({ looks }: Pick<Verification, 'looks'>, at: string): string[] {
  return [...looks, at].slice(-maxLooks);
}

/**
 * When the next look that a repetition asks for may begin. A look that has to wait still comes after its repetition,
 * and serves all that come until then: none is lost.
 *
 * @param at ISO 8601 instant
 * @returns ISO 8601 instant; null where nothing has to be waited for
 */
export function earliestLook({ looks }: Pick<Verification, 'looks'>, at: string): string | null {
  const [oldest] = looks;
  if (oldest === undefined || looks.length < maxLooks) return null;
  const earliest = Date.parse(oldest) + withinMs;
  return earliest > Date.parse(at) ? instant(new Date(earliest)) : null;
}
