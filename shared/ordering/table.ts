import type { AcceptedDecision, DroppedDecision, DuplicateReason, StaleReason } from './decision.ts';

/**
 * A decision in a row of a decision table. Its attempt is relative to the known attempt: the same attempt, or the next
 * one.
 */
export type DecisionInTable =
  | (Omit<AcceptedDecision, 'attempt'> & { readonly attempt: 'same' | 'next' })
  | DroppedDecision;

/**
 * A row of a decision table: conditions and a decision. A condition is true if it equals the value of the same name in
 * `facts`. A condition that is a list is true if the list contains this value.
 */
type Row<Facts> = { readonly [Name in keyof Facts]?: Facts[Name] | readonly Facts[Name][] } & {
  readonly decision: DecisionInTable;
};

export interface DecisionTable<Facts> {
  /**
   * The rows of the decision table, in their order. The first row whose conditions are all true contains the decision.
   */
  readonly rows: readonly Row<Facts>[];
  /** The decision if no row of the table matches. */
  readonly otherwise: DecisionInTable;
}

/** Returns the decision of the first row whose conditions are all true for `facts`. */
export function findDecisionInTable<Facts extends object>(
  table: DecisionTable<Facts>,
  facts: Facts,
): DecisionInTable {
  // Object.keys() returns strings. The cast is safe, because `facts` has exactly the keys of its type.
  const names = Object.keys(facts) as (keyof Facts)[];
  const row = table.rows.find((each) => names.every((name) => matches(each[name], facts[name])));
  return row?.decision ?? table.otherwise;
}

function matches(cell: unknown, fact: unknown): boolean {
  if (cell === undefined) return true;
  return Array.isArray(cell) ? cell.includes(fact) : cell === fact;
}

export const acceptedAsNewState = { kind: 'accepted', change: 'state', attempt: 'same' } as const;
export const acceptedAsNextAttempt = { kind: 'accepted', change: 'state', attempt: 'next' } as const;
export const acceptedAsRevision = { kind: 'accepted', change: 'revision', attempt: 'same' } as const;
export const acceptedAsRecheck = { kind: 'accepted', change: 'recheck', attempt: 'same' } as const;
export const dropAsStale = (reason: StaleReason) => ({ kind: 'stale', reason }) as const;
export const dropAsDuplicate = (reason: DuplicateReason) => ({ kind: 'duplicate', reason }) as const;
