import type { CaseOperation } from './case-operation.ts';
import { replayOperation } from './replay.ts';
import { resendOperation } from './resend.ts';
import { verifyEvidenceOperation } from './verify-evidence.ts';

/** The operations that the page of a case offers, in its order. */
export const caseOperations: readonly CaseOperation[] = [
  replayOperation,
  resendOperation,
  verifyEvidenceOperation,
];
