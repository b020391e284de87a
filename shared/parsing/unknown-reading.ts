import type { QuarantineReason, Reading } from '../contract/reading.ts';

/** Makes the reading of a body that is authentic but not understood. The delivery then goes to the quarantine. */
export function makeUnknownReading(reason: QuarantineReason, verificationId: string | null): Reading {
  return { kind: 'unknown', reason, verificationId };
}
