import type { VerificationWriteFromStream } from './stream-record.ts';

/**
 * Drops the writes of a case that come before its erasure in the same batch. Lambda delivers a batch again from its first
 * failed record on, also the records that were relayed. Without this, an earlier write could be published again after the
 * erasure has deleted it.
 *
 * @param writes in the order of the stream
 */
export function dropWritesBeforeErasure(
  writes: readonly VerificationWriteFromStream[],
): readonly VerificationWriteFromStream[] {
  const erasures = new Map<string, number>();
  for (const [index, { event, verification }] of writes.entries()) {
    if (event?.type === 'idv.verification.erased.v1') erasures.set(verification.verificationId, index);
  }
  if (erasures.size === 0) return writes;
  return writes.filter(
    ({ verification }, index) => index >= (erasures.get(verification.verificationId) ?? 0),
  );
}
