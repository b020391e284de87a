import type { Lookup, Transition } from '../contract/transition.ts';
import { digestOf } from './digest.ts';
import { compareInstants } from './instants.ts';
import type { Known } from './known.ts';

/** The comparison of a hint with what is known. The comparisons of statements and lookups have more fields. */
export interface HintComparison {
  /** The progress of the known case. */
  readonly progress: Known['progress'];
  /** The rank of the transition, compared with the known rank. */
  readonly rank: 'lower' | 'equal' | 'higher';
  /** The time of the transition, compared with the known time; `unknown` if one of the times is missing. */
  readonly time: 'older' | 'same' | 'newer' | 'unknown';
}

interface CommonComparison extends HintComparison {
  /** The finality of the transition. */
  readonly incoming: Transition['finality'];
  /** Whether the time of the transition is not later than the last time of the earlier attempts. */
  readonly isFromEarlierAttempt: boolean;
  /** Whether the known state is final, and all of its normalized fields equal the fields of the transition. */
  readonly hasSameDigest: boolean;
}

/** The comparison of a statement with what is known. */
export interface StatementComparison extends CommonComparison {
  /** Whether a lookup set or confirmed the known state. */
  readonly isLookedUp: boolean;
}

/** The comparison of a lookup with what is known. */
export interface LookupComparison extends CommonComparison {
  /** Whether the lookup may decide, or only revise; see `Lookup`. */
  readonly effect: Lookup['effect'];
  /** Whether we already know a lookup that was requested later and has at least this rank. */
  readonly isOvertaken: boolean;
  /** Whether a statement set the known state, and the lookup has the same rank, outcome and flags. */
  readonly confirmsStatement: boolean;
  /** Whether the lookup was requested before the last statement of the known state arrived. */
  readonly mayPredateStatement: boolean;
}

export function compareHint(known: Known, { rank, occurredAt }: Transition): HintComparison {
  return compare(known, rank, occurredAt);
}

export function compareStatement(known: Known, transition: Transition): StatementComparison {
  return { ...commonFacts(known, transition), isLookedUp: known.lookup !== null };
}

export function compareLookup(
  known: Known,
  transition: Transition,
  { requestedBy, effect }: Lookup,
): LookupComparison {
  const { rank, outcome, flags } = transition;
  const { result, lastStatement, lookup } = known;
  const hasSameResult = outcome === result.outcome && flags.join() === result.flags.join();
  return {
    ...commonFacts(known, transition),
    effect,
    isOvertaken: lookup !== null && requestedBy < lookup.requestedBy && rank <= lookup.rank,
    confirmsStatement: lastStatement !== null && rank === known.rank && hasSameResult,
    mayPredateStatement: requestedBy < (lastStatement ?? 0),
  };
}

function commonFacts(known: Known, transition: Transition): CommonComparison {
  const { rank, occurredAt, finality } = transition;
  return {
    ...compare(known, rank, occurredAt),
    incoming: finality,
    isFromEarlierAttempt: ['older', 'same'].includes(compareInstants(occurredAt, known.earlierUntil)),
    hasSameDigest: known.progress === 'final' && digestOf(transition) === known.digest,
  };
}

function compare(known: Known, rank: number, occurredAt: string | null): HintComparison {
  return {
    progress: known.progress,
    rank: rank < known.rank ? 'lower' : rank > known.rank ? 'higher' : 'equal',
    time: compareInstants(occurredAt, known.occurredAt),
  };
}
