import type { EvidenceJob } from '../contract/evidence-job.ts';
import { addLook } from '../scheduling/pace.ts';
import type { Verification } from '../verifications/verification.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { quietWrite } from '../verifications/write.ts';
import { writeWhileContended } from '../verifications/write-while-contended.ts';

/** A job that was asked for so long ago may be lost. */
const lostAfterMs = 3600 * 1000;

/**
 * Whether a job is still to look: it serves all repetitions until then. Else a burst of them would be as many writes,
 * and calls.
 *
 * @param at ISO 8601 instant
 */
export function isToLook({ comparing }: Verification, at: string): boolean {
  return comparing !== null && Date.parse(at) - Date.parse(comparing) < lostAfterMs;
}

interface Moment {
  readonly writeId: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

/**
 * Notes that a job looks now. A repetition that comes while it looks may be newer than the answer, and asks for another.
 *
 * @returns false where another job is still to look: that serves both
 * @throws ContentionError when others keep changing the verification
 */
export async function beginLook(
  store: VerificationStore,
  known: Verification,
  { verificationId, requestedAt }: EvidenceJob,
  { writeId, at }: Moment,
): Promise<boolean> {
  return writeWhileContended(store, verificationId, known, (now) => {
    if (now === null) return { write: null, result: true };
    const isOwn = now.comparing === requestedAt;
    if (!isOwn && isToLook(now, at)) return { write: null, result: false };
    const looks = addLook(now, at);
    return { write: quietWrite(now, writeId, isOwn ? { comparing: null, looks } : { looks }), result: true };
  });
}

/** Notes that a job will look again: it serves whoever has come while it looked. @throws ContentionError */
export async function putOffLook(
  store: VerificationStore,
  { verificationId, requestedAt }: EvidenceJob,
  writeId: string,
): Promise<void> {
  await writeWhileContended(store, verificationId, await store.read(verificationId), (known) => ({
    write:
      known === null || known.comparing === requestedAt
        ? null
        : quietWrite(known, writeId, { comparing: requestedAt }),
    result: null,
  }));
}
