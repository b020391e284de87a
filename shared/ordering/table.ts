import type { Accepted, Dropped, DuplicateReason, StaleReason } from './decision.ts';

/** A decision in which the attempt has no number yet. */
export type Ruling = (Omit<Accepted, 'attempt'> & { readonly attempt: 'same' | 'next' }) | Dropped;

/** A row matches if each cell equals the fact of its name. A list equals each of its members. */
type Row<Facts> = { readonly [Name in keyof Facts]?: Facts[Name] | readonly Facts[Name][] } & {
  readonly decision: Ruling;
};

export interface Table<Facts> {
  /** The first row that matches decides. */
  readonly rows: readonly Row<Facts>[];
  /** Decides if no row matches. */
  readonly otherwise: Ruling;
}

/** @returns the decision of the first row that matches the facts */
export function firstMatch<Facts extends object>(table: Table<Facts>, facts: Facts): Ruling {
  // Object.keys() promises no more than strings.
  const names = Object.keys(facts) as (keyof Facts)[];
  const row = table.rows.find((each) => names.every((name) => matches(each[name], facts[name])));
  return row?.decision ?? table.otherwise;
}

function matches(cell: unknown, fact: unknown): boolean {
  if (cell === undefined) return true;
  return Array.isArray(cell) ? cell.includes(fact) : cell === fact;
}

export const applies = { kind: 'accepted', change: 'state', attempt: 'same' } as const;
export const startsNextAttempt = { kind: 'accepted', change: 'state', attempt: 'next' } as const;
export const revises = { kind: 'accepted', change: 'revision', attempt: 'same' } as const;
export const rechecks = { kind: 'accepted', change: 'recheck', attempt: 'same' } as const;
export const stale = (reason: StaleReason) => ({ kind: 'stale', reason }) as const;
export const duplicate = (reason: DuplicateReason) => ({ kind: 'duplicate', reason }) as const;
