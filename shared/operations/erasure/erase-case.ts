import { setTimeout as pause } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createStackVerifications } from '../../cases/case-stack.ts';
import { formatInstant } from '../../parsing/instant.ts';
import { clockAndIdGenerator } from '../../platform/clients.ts';
import { IdvError } from '../../platform/errors.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import { buildHistoryKey } from '../../verifications/history-row.ts';
import type { ProviderAndVerificationId } from '../../verifications/object-keys.ts';
import { recordErasure } from '../../verifications/record-erasure.ts';
import { computeRowExpiry } from '../../verifications/row-expiry.ts';
import type { Verification } from '../../verifications/verification.ts';
import { runAudited } from '../audit/run-audited.ts';
import { readQueueDepth } from '../queues/queue-depth.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { ErasedLocation, ErasureCertificate } from './erase-certificate.ts';
import { addDeletions, countDeleted, deleteObjectsAndHistory } from './erase-deletion.ts';
import { listPlacesInQueues, type PlaceInQueue } from './erase-places.ts';
import { describeFailedBatches, describeSharedQuarantine } from './erase-plan.ts';
import { deleteMessagesOfCase } from './erase-queue.ts';
import { findUnnamedObjects } from './erase-unnamed-objects.ts';

/** Thrown if the relay has not published the event `erased` in time. Running the erasure again continues it. */
class ErasureNotPublished extends IdvError {
  override readonly name = 'ErasureNotPublished';
}

export interface EraseTools {
  /** Tells the operator what happens now. */
  readonly onProgress: (line: string) => void;
  /** Multiplies all pauses. It is 1, and smaller in tests. */
  readonly pauseFactor: number;
  readonly signal: AbortSignal;
}

/** How long the erasure waits for the relay, in milliseconds. It is far longer than the relay needs. */
const relayTimeoutMs = 10 * 60_000;
/** A receiver that has read the row before the erasure may store something for as long as API Gateway waits, 29 seconds. */
const receiverMs = 30_000;
/** A job that has read the row before the erasure may store something for as long as its function runs. */
const jobMs = 10 * 60_000;

/**
 * Erases a case: writes its tombstone, waits until the relay has published the event `erased`, and deletes everything else.
 * The stream is ordered per row, so nothing of the case can be published after this event. Erasing an erased case again
 * deletes what is left, so an interrupted erasure can be finished.
 *
 * @throws CaseIsHeldError if a legal hold protects the case; nothing is written then
 * @throws ErasureNotPublished if the relay does not publish the event in time; nothing is deleted then
 */
export function eraseCase(
  stack: OperatedStack,
  owner: ProviderAndVerificationId,
  reason: string,
  tools: EraseTools,
): Promise<ErasureCertificate> {
  const { verificationId } = owner;
  const describe = (certificate: ErasureCertificate) =>
    `${countDeleted(certificate)} items deleted, ${certificate.open.length} points open`;
  const detail = (certificate: ErasureCertificate) => certificate;
  return runAudited(stack, { action: 'erase', verificationId, reason, describe, detail }, () =>
    eraseEverything(stack, owner, tools),
  );
}

async function eraseEverything(
  stack: OperatedStack,
  owner: ProviderAndVerificationId,
  tools: EraseTools,
): Promise<ErasureCertificate> {
  const { verificationId } = owner;
  const { tombstone, before } = await writeTombstone(stack, owner);
  tools.onProgress(`… the tombstone is written: event ${tombstone.sequence} erases the case`);
  const kept = await waitForRelay(stack, tombstone, tools);
  await waitForReceivers(tombstone, tools);

  const open: string[] = [];
  const queues: ErasedLocation[] = [];
  for (const place of listPlacesInQueues(stack, verificationId)) {
    tools.signal.throwIfAborted();
    tools.onProgress(`… ${place.location}`);
    queues.push({ location: place.location, deleted: await searchQueue(stack, place, open, tools) });
  }
  tools.onProgress('… bucket and history');
  const first = await deleteObjectsAndHistory(stack, owner, kept);
  const second = await deleteObjectsAndHistory(stack, owner, kept);
  const { deleted, locked, sharedQuarantine } = addDeletions(first, second);

  const appeared = countDeleted(second);
  if (appeared > 0)
    open.push(`${appeared} objects or rows appeared during the erasure and were deleted. Run it again.`);
  if (sharedQuarantine > 0) open.push(describeSharedQuarantine(sharedQuarantine));
  const failed = await findUnnamedObjects(stack, 'aws/lambda/', verificationId);
  if (failed.length > 0) open.push(describeFailedBatches(failed));
  const jobsUntil = new Date(Date.parse(tombstone.receivedAt) + jobMs);
  if (mayHaveRunningJob(before) && jobsUntil > new Date())
    open.push(`A job may run that began before. Run the erasure again after ${formatInstant(jobsUntil)}.`);

  return {
    stage: stack.stageName,
    verificationId,
    generation: tombstone.generation,
    sequence: tombstone.sequence,
    erasedAt: tombstone.receivedAt,
    completedAt: formatInstant(new Date()),
    tombstoneUntil: expiryOf(tombstone, stack),
    deleted: [
      { location: 'table Verifications', deleted: before === null || isErased(before) ? 0 : 1 },
      ...deleted,
      ...queues,
    ],
    locked,
    disappearing: listRemains(tombstone.receivedAt),
    open,
  };
}

/** @returns the tombstone, and the row before it */
async function writeTombstone(
  stack: OperatedStack,
  owner: ProviderAndVerificationId,
): Promise<{ readonly tombstone: Verification; readonly before: Verification | null }> {
  const verifications = createStackVerifications(stack);
  const before = await verifications.read(owner.verificationId);
  const { now, newId } = clockAndIdGenerator;
  await recordErasure(verifications, { ...owner, erasedAt: formatInstant(now()), writeId: newId() });
  const tombstone = await verifications.read(owner.verificationId);
  if (tombstone !== null) return { tombstone, before };
  throw new ErasureNotPublished(`${owner.verificationId}: the tombstone is gone; run the erasure again`);
}

/**
 * Waits until the relay has recorded the event `erased` in the history.
 *
 * @returns the sort key of its row; null if a new generation has replaced the row since, which publishes nothing
 */
async function waitForRelay(
  stack: OperatedStack,
  tombstone: Verification,
  { onProgress, pauseFactor, signal }: EraseTools,
): Promise<string | null> {
  if (tombstone.sequence === 0) return null;
  const Key = buildHistoryKey(tombstone);
  const until = Date.now() + relayTimeoutMs;
  for (let tries = 0; Date.now() < until; tries += 1) {
    const { Item: row } = await stack.aws.dynamodb.send(
      new GetItemCommand({ TableName: stack.historyTable, Key, ConsistentRead: true }),
    );
    if (row !== undefined) return Key.at.S ?? null;
    if (tries % 30 === 1) onProgress('… waiting until the relay has published the event');
    await pause(1000 * pauseFactor, undefined, { signal });
  }
  const { verificationId } = tombstone;
  throw new ErasureNotPublished(
    `${verificationId}: the relay has not published the event within 10 minutes, so nothing is deleted yet. Look at the relay (runbook: "Events are late"), then run the erasure again`,
  );
}

async function waitForReceivers(
  { receivedAt }: Verification,
  { onProgress, pauseFactor, signal }: EraseTools,
): Promise<void> {
  const waitMs = (receiverMs - (Date.now() - Date.parse(receivedAt))) * pauseFactor;
  if (waitMs <= 0) return;
  onProgress('… waiting for receivers that read the row before');
  await pause(waitMs, undefined, { signal });
}

/**
 * Deletes the messages of the case in a queue. An event that a consumer processes at the moment is not found. It comes back
 * at the end of its visibility timeout unless the consumer deletes it, so the queue is searched again then.
 *
 * @param open gets a sentence if messages may be left
 * @returns the number of deleted messages
 */
async function searchQueue(
  stack: OperatedStack,
  { location, queueUrl, fateOf, endsByItself }: PlaceInQueue,
  open: string[],
  { onProgress, pauseFactor, signal }: EraseTools,
): Promise<number> {
  const { sqs } = stack.aws;
  const search = () => deleteMessagesOfCase(sqs, queueUrl, fateOf, pauseFactor < 1 ? 0 : 1);
  const first = await search();
  if (first.hidden === 0 || first.foundKept || endsByItself) return first.deleted;
  const { visibilitySeconds } = await readQueueDepth(sqs, queueUrl);
  onProgress(
    `… ${location}: ${first.hidden} messages are being processed; searching again in ${visibilitySeconds} s`,
  );
  await pause(visibilitySeconds * 1000 * pauseFactor, undefined, { signal });
  const second = await search();
  if (second.hidden > 0 && !second.foundKept)
    open.push(
      `${second.hidden} messages of the ${location} are hidden, because somebody has received them. Run the erasure again when they are processed or visible again.`,
    );
  return first.deleted + second.deleted;
}

/** A job may run if evidence is pending. After an interrupted erasure, nobody knows. Other jobs store no objects. */
function mayHaveRunningJob(before: Verification | null): boolean {
  return before !== null && (isErased(before) || before.evidence?.status === 'pending');
}

function expiryOf(tombstone: Verification, { retentionDays }: OperatedStack): string | null {
  const seconds = computeRowExpiry(tombstone, retentionDays * 24 * 3600);
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

const dayMs = 24 * 3600_000;

/** Lists what an erasure cannot reach, and until when it disappears by itself. */
function listRemains(erasedAt: string): ErasureCertificate['disappearing'] {
  const after = (ms: number) => formatInstant(new Date(Date.parse(erasedAt) + ms));
  return [
    { what: 'jobs that wait for their next try: they end without effect', until: after(15 * 60_000) },
    { what: 'records in the stream of the table Verifications', until: after(dayMs) },
    { what: 'parts of uploads that were not finished', until: after(2 * dayMs) },
    { what: 'point-in-time recovery of the tables, in a live stage', until: after(35 * dayMs) },
  ];
}
