import type { CaseOperation } from './case-operation.ts';
import { replayOperation } from './replay.ts';
import { verifyEvidenceOperation } from './verify-evidence.ts';

/** The operations that the page of a case offers, in its order. */
export const caseOperations: readonly CaseOperation[] = [replayOperation, verifyEvidenceOperation];
