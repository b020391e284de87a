import { setTimeout as pause } from 'node:timers/promises';
import { createStackVerifications } from '../../cases/case-stack.ts';
import { createS3EvidenceStore } from '../../evidence/archive/evidence-store.ts';
import { formatInstant } from '../../parsing/instant.ts';
import { clockAndIdGenerator } from '../../platform/clients.ts';
import { ConfigurationError, IdvError } from '../../platform/errors.ts';
import { buildCasePrefixes } from '../../retention/case-areas.ts';
import { type HeldObjects, hasObjectLock, holdObjects, releaseObjects } from '../../retention/legal-holds.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import { wrapStoreForLargeWrites } from '../../verifications/limits/offloading-verification-store.ts';
import { longestCaseDays } from '../../verifications/longest-case.ts';
import type { ProviderAndVerificationId } from '../../verifications/object-keys.ts';
import { recordHold } from '../../verifications/record-hold.ts';
import { computeRowExpiry } from '../../verifications/row-expiry.ts';
import type { Verification } from '../../verifications/verification.ts';
import { runAudited } from '../audit/run-audited.ts';
import { type CaseRecord, readCaseRecord } from '../case/case-record.ts';
import type { EraseTools } from '../erasure/erase-case.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { changeExpiryOfHistory } from './hold-history.ts';

/** Thrown if the relay has not recorded the latest event of the case in time. Running the command again continues it. */
class HistoryIsBehind extends IdvError {
  override readonly name = 'HistoryIsBehind';
}

/** The legal hold of a case, as it is after the command, or as it would be. */
export interface CaseHold {
  readonly verificationId: string;
  /** Since when the case is held, as an ISO 8601 instant; null if it is not held. */
  readonly heldSince: string | null;
  /** When the row expires, as an ISO 8601 instant; null if it never expires. */
  readonly expiresAt: string | null;
  /** The number of rows in the history. */
  readonly historyRows: number;
  /** What happened to the objects; null if nothing was done, or if the bucket has no Object Lock. */
  readonly objects: HeldObjects | null;
  readonly hasObjectLock: boolean;
  /**
   * When S3 begins to hide the oldest objects of the case behind delete markers, because its backstop rules cannot exclude a
   * held case, as an ISO 8601 instant. A legal hold keeps their versions, and holding the case again shows them. Null if the
   * case is not held.
   */
  readonly hiddenFrom: string | null;
}

type Action = 'hold' | 'release';

/** How long the command waits for the relay, in milliseconds. */
const relayTimeoutMs = 10 * 60_000;
/** A receiver that has read the row before may store something for as long as API Gateway waits. */
const receiverMs = 30_000;

/** Plans a hold or a release. It writes nothing. */
export async function planHold(stack: OperatedStack, action: Action, record: CaseRecord): Promise<CaseHold> {
  const verification = assertCanChange(record);
  const heldSince = action === 'hold' ? (verification.heldSince ?? formatInstant(new Date())) : null;
  return describeHold(stack, withHold(verification, heldSince), record.history.length, {
    objects: null,
    isLocking: await hasObjectLock(stack.aws.s3, stack.evidenceBucket),
  });
}

/**
 * Protects a case against expiry and erasure, or ends this protection. The row carries the hold, so what is written from
 * then on does not expire either. Doing it again is safe: it also covers objects that were stored since.
 */
export function changeHold(
  stack: OperatedStack,
  action: Action,
  owner: ProviderAndVerificationId,
  reason: string,
  tools: EraseTools,
): Promise<CaseHold> {
  const { verificationId } = owner;
  const describe = ({ historyRows, objects }: CaseHold) =>
    `${historyRows} rows and ${objects?.versions ?? 0} object versions`;
  return runAudited(stack, { action, verificationId, reason, describe }, () =>
    changeEverything(stack, action, owner, tools),
  );
}

async function changeEverything(
  stack: OperatedStack,
  action: Action,
  owner: ProviderAndVerificationId,
  tools: EraseTools,
): Promise<CaseHold> {
  const { verificationId } = owner;
  const { aws, evidenceBucket } = stack;
  const { now, newId } = clockAndIdGenerator;
  // A row that was just below its limits may be too large with one write more.
  const verifications = wrapStoreForLargeWrites(
    createStackVerifications(stack),
    createS3EvidenceStore(aws.s3, evidenceBucket),
  );
  const heldSince = action === 'hold' ? formatInstant(now()) : null;
  await recordHold(verifications, { verificationId, heldSince, writeId: newId() });
  tools.onProgress(`… the row is ${action === 'hold' ? 'held' : 'released'}`);
  const verification = await waitForHistory(stack, verificationId, tools);

  const historyRows = await changeExpiryOfHistory(stack, verificationId, action === 'hold');
  const isLocking = await hasObjectLock(aws.s3, evidenceBucket);
  const objects = isLocking ? await changeObjects(stack, action, owner) : null;
  return describeHold(stack, verification, historyRows, { objects, isLocking });
}

/** @throws ConfigurationError if the case has no row that can be held */
export function assertCanChange({ verification, verificationId }: CaseRecord): Verification {
  if (verification === null)
    throw new ConfigurationError(`${verificationId} has no row: no delivery was accepted, or it has expired`);
  if (isErased(verification)) throw new ConfigurationError(`${verificationId} is erased: nothing is left`);
  return verification;
}

function withHold({ heldSince: _, ...rest }: Verification, heldSince: string | null): Verification {
  return heldSince === null ? rest : { ...rest, heldSince };
}

/** Waits until the history has the latest event, and what receivers store that have read the row before. */
async function waitForHistory(
  stack: OperatedStack,
  verificationId: string,
  { onProgress, pauseFactor, signal }: EraseTools,
): Promise<Verification> {
  const until = Date.now() + relayTimeoutMs;
  onProgress('… waiting for the relay and the receivers');
  await pause(receiverMs * pauseFactor, undefined, { signal });
  while (Date.now() < until) {
    const record = await readCaseRecord(stack, verificationId);
    const { verification = null, history = [] } = record ?? {};
    if (verification === null)
      throw new ConfigurationError(`${verificationId} has expired during the command`);
    const { generation, sequence } = verification;
    const isRecorded = history.some((row) => row.generation === generation && row.sequence === sequence);
    if (isRecorded || sequence === 0) return verification;
    await pause(1000 * pauseFactor, undefined, { signal });
  }
  throw new HistoryIsBehind(
    `${verificationId}: the row is changed, but the history is behind (runbook: "Events are late"). Run the command again`,
  );
}

async function changeObjects(
  { aws, evidenceBucket }: OperatedStack,
  action: Action,
  owner: ProviderAndVerificationId,
): Promise<HeldObjects> {
  const change = action === 'hold' ? holdObjects : releaseObjects;
  let versions = 0;
  let revealed = 0;
  for (const prefix of buildCasePrefixes(owner)) {
    const changed = await change(aws.s3, evidenceBucket, prefix);
    versions += changed.versions;
    revealed += changed.revealed;
  }
  return { versions, revealed };
}

function describeHold(
  { retentionDays }: OperatedStack,
  verification: Verification,
  historyRows: number,
  { objects, isLocking }: { readonly objects: HeldObjects | null; readonly isLocking: boolean },
): CaseHold {
  const seconds = computeRowExpiry(verification, retentionDays * 24 * 3600);
  const { verificationId, heldSince } = verification;
  return {
    verificationId,
    heldSince: heldSince ?? null,
    expiresAt: seconds === null ? null : new Date(seconds * 1000).toISOString(),
    historyRows,
    objects,
    hasObjectLock: isLocking,
    hiddenFrom: heldSince === undefined ? null : computeHiddenFrom(verification, retentionDays),
  };
}

/** The oldest objects of a case are as old as its generation: the objects of earlier generations were deleted with it. */
function computeHiddenFrom({ generation }: Verification, retentionDays: number): string {
  const createdAt = Date.parse(generation.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return new Date(createdAt + (retentionDays + longestCaseDays) * 24 * 3600_000).toISOString();
}
