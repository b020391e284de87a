import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { mapIdnowStatus } from './statuses.ts';

/** Makes a lookup of what a fetched ident says. An ident that the webhook has reported already is a duplicate. */
export function makeIdentLookup(
  { sequence, verificationId }: EvidenceJob,
  ident: Transition,
): Transition<Lookup> {
  return {
    ...ident,
    verificationId,
    origin: { kind: 'lookup', requestedBy: sequence, effect: 'decide' },
  };
}

/**
 * Checks whether a fetched ident is older than the statement that requested the job. IDnow's API may answer with the ident
 * as it was before the webhook. Two results of an ident may have the same time, and an ident that is not finished has none.
 * Then the statuses tell which result is older:
 *
 * ```
 * status of the ident                                  is the ident older?
 * --------------------------------------------------   ---------------------------------------------------------
 * the status of the statement                          no
 * the status of the case before the statement          yes, unless the statement itself may be the older one
 * another one, with a lower rank than the statement's  yes; without times, only after a final statement, because the
 *                                                      ident may belong to the user's next attempt
 * any other                                            no: IDnow's API knows a newer result
 * ```
 */
export function isOlderThanStatement(
  { occurredAt, providerStatus, statusBefore = null, onNothing }: EvidenceJob,
  ident: Pick<Transition, 'occurredAt' | 'providerStatus' | 'rank'>,
): boolean {
  const haveTimes = occurredAt !== null && ident.occurredAt !== null;
  const elapsedMs = haveTimes ? Date.parse(ident.occurredAt) - Date.parse(occurredAt) : 0;
  if (elapsedMs !== 0) return elapsedMs < 0;
  if (ident.providerStatus === providerStatus) return false;
  // A statement with the effect `forget` is not applied, because a lookup may know a newer result. The ident decides.
  if (ident.providerStatus === statusBefore && onNothing.kind !== 'forget') return true;
  const rule = mapIdnowStatus(providerStatus)?.rule;
  return rule !== undefined && ident.rank < rule.rank && (haveTimes || rule.finality === 'final');
}
