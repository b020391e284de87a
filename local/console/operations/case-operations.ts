import type { CaseOperation } from './case-operation.ts';
import { verifyEvidenceOperation } from './verify-evidence.ts';

/** The operations that the page of a case offers, in its order. */
export const caseOperations: readonly CaseOperation[] = [verifyEvidenceOperation];
