import { buildArchiveJobAgain, type EvidenceJob } from '../../contract/evidence-job.ts';
import { VerificationEvent } from '../../contract/verification-event.ts';
import { readHistory } from '../case/case-record.ts';
import type { ResultReader } from '../readers.ts';
import { readObject } from '../reading/read-object.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { ConcludedResult } from './compare-readings.ts';

/** A result in the archive, and the job that has fetched it. */
export interface ArchivedResult {
  readonly job: EvidenceJob;
  readonly bytes: Uint8Array;
}

/**
 * Reads the result that an event `idv.evidence.archived.v1` has archived, and builds its job again from the events of the
 * case.
 *
 * @returns null if the bucket no longer has the result, or the history the event that requested it
 */
export async function readArchivedResult(
  stack: OperatedStack,
  archived: VerificationEvent,
  resultName: string,
): Promise<ArchivedResult | null> {
  const { verificationId, generation, evidence } = archived.data;
  const artifact = evidence?.artifacts.find(({ name }) => name === resultName);
  if (!artifact || !evidence?.bucket) return null;
  const requested = await findEvent(stack, verificationId, generation, evidence.requestedBy);
  if (requested === null) return null;
  const bytes = await readObject(stack, { bucket: evidence.bucket, key: artifact.key });
  if (bytes === null) return null;
  const { occurredAt, receivedAt } = requested.data;
  const job = buildArchiveJobAgain(requested.data, receivedAt, { occurredAt });
  return { job, bytes };
}

async function findEvent(stack: OperatedStack, subject: string, generation: string, sequence: number) {
  const row = (await readHistory(stack, subject)).find(
    (each) => each.generation === generation && each.sequence === sequence && each.event !== null,
  );
  return row === undefined ? null : VerificationEvent.parse(row.event);
}

/** Concludes from a result. An error of a reader is a result of the comparison, too. */
export function concludeResult(reader: ResultReader, { job, bytes }: ArchivedResult): ConcludedResult {
  try {
    return { kind: 'concluded', conclusion: reader.conclude(job, bytes) };
  } catch (error) {
    return { kind: 'refused', error: error instanceof Error ? error.name : 'unknown' };
  }
}
