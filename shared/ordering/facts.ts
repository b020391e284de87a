import type { Lookup, Transition } from '../contract/transition.ts';
import { digestOf } from './digest.ts';
import { compareInstants } from './instants.ts';
import type { Known } from './known.ts';

/** How a hint compares with what is known. Statements and lookups have more facts. */
export interface HintFacts {
  readonly stage: Known['stage'];
  /** The transition's rank, compared with the known one. */
  readonly rank: 'lower' | 'equal' | 'higher';
  /** The transition's time, compared with the known one; `unknown` if either is missing. */
  readonly time: 'older' | 'same' | 'newer' | 'unknown';
}

interface ResultFacts extends HintFacts {
  /** The transition's finality. */
  readonly incoming: Transition['finality'];
  /** Whether the transition's time is not later than the last time of the earlier attempts. */
  readonly isOfEarlierAttempt: boolean;
  /** Whether the known state is final, and all of its normalized fields equal the transition's. */
  readonly hasSameDigest: boolean;
}

export interface StatementFacts extends ResultFacts {
  /** Whether a lookup set or confirmed the known state. */
  readonly isLookedUp: boolean;
}

export interface LookupFacts extends ResultFacts {
  /** What the lookup may do; see `Lookup`. */
  readonly effect: Lookup['effect'];
  /** Whether a lookup of at least this rank was requested later, and came first. */
  readonly isOvertaken: boolean;
  /** Whether a statement gave the known state, and the lookup has the same rank, outcome and flags. */
  readonly confirmsStatement: boolean;
  /** Whether the lookup was requested before the last statement of the known state came. */
  readonly mayPredateStatement: boolean;
}

export function hintFacts(known: Known, { rank, occurredAt }: Transition): HintFacts {
  return compare(known, rank, occurredAt);
}

export function statementFacts(known: Known, statement: Transition): StatementFacts {
  return { ...resultFacts(known, statement), isLookedUp: known.lookup !== null };
}

export function lookupFacts(known: Known, result: Transition, { requestedBy, effect }: Lookup): LookupFacts {
  const { rank, outcome, flags } = result;
  const { verdict, lastStatement, lookup } = known;
  const hasSameVerdict = outcome === verdict.outcome && flags.join() === verdict.flags.join();
  return {
    ...resultFacts(known, result),
    effect,
    isOvertaken: lookup !== null && requestedBy < lookup.requestedBy && rank <= lookup.rank,
    confirmsStatement: lastStatement !== null && rank === known.rank && hasSameVerdict,
    mayPredateStatement: requestedBy < (lastStatement ?? 0),
  };
}

function resultFacts(known: Known, result: Transition): ResultFacts {
  const { rank, occurredAt, finality } = result;
  return {
    ...compare(known, rank, occurredAt),
    incoming: finality,
    isOfEarlierAttempt: ['older', 'same'].includes(compareInstants(occurredAt, known.earlierUntil)),
    hasSameDigest: known.stage === 'final' && digestOf(result) === known.digest,
  };
}

function compare(known: Known, rank: number, occurredAt: string | null): HintFacts {
  return {
    stage: known.stage,
    rank: rank < known.rank ? 'lower' : rank > known.rank ? 'higher' : 'equal',
    time: compareInstants(occurredAt, known.occurredAt),
  };
}
