import type { CaseRecord } from '../../../shared/operations/case/case-record.ts';
import type { OperatedStack } from '../../../shared/operations/stack/operated-stack.ts';
import type { Href, Html } from '../page.ts';

/** What an operation would do, or has done. */
export interface OperationResult {
  readonly content: Html;
  /** True if there is something to do, so that the dry run offers to do it. */
  readonly hasEffect: boolean;
}

/** A number that the operator may change before the dry run. */
export interface OperationInput {
  readonly name: string;
  readonly label: string;
  /** The value that the form proposes. */
  readonly proposed: number;
}

export interface OperatedCase {
  readonly stack: OperatedStack;
  readonly record: CaseRecord;
  /** The values of the inputs, by their names. */
  readonly values: Readonly<Record<string, number>>;
  readonly href: Href;
}

/** An operation that the page of a case offers. */
export interface CaseOperation {
  /** The last segment of its path, and its name in `idv`. */
  readonly name: string;
  /** The text of its button. */
  readonly title: string;
  /** What it does, in one sentence. */
  readonly description: string;
  readonly inputs: readonly OperationInput[];
  /** Says what the operation would do. It writes nothing. */
  plan(operated: OperatedCase): Promise<OperationResult>;
  /** Does it, and records it in the audit; null if the operation only reads. */
  readonly perform: ((operated: OperatedCase, reason: string) => Promise<OperationResult>) | null;
}
