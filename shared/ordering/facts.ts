import type { Lookup, Transition } from '../contract/transition.ts';
import { computeTransitionDigest } from './digest.ts';
import { compareInstants } from './instants.ts';
import type { Known } from './known.ts';

/** The conditions in the decision table for hints. They compare a hint with the known state. */
export interface HintConditions {
  /** Whether the known case is open, ended or final. */
  readonly progress: Known['progress'];
  /** The rank of the transition, compared with the rank of the known state. */
  readonly rank: 'lower' | 'equal' | 'higher';
  /**
   * The provider's time of the transition, compared with the time of the known state; `unknown` if a time is missing.
   */
  readonly time: 'older' | 'same' | 'newer' | 'unknown';
}

interface CommonComparison extends HintConditions {
  /** The finality of the transition. */
  readonly incoming: Transition['finality'];
  /** True if the time of the transition is before or at the last known time of the earlier attempts. */
  readonly isFromEarlierAttempt: boolean;
  /** True if the known state is final, and the transition has the same digest: all normalized fields are equal. */
  readonly hasSameDigest: boolean;
}

/** The conditions in the decision table for statements. They compare a statement with the known state. */
export interface StatementConditions extends CommonComparison {
  /** True if a lookup set or confirmed the known state. */
  readonly isLookedUp: boolean;
}

/** The conditions in the decision table for lookups. They compare a lookup with the known state. */
export interface LookupConditions extends CommonComparison {
  /** `decide`: the lookup may set any state. `revise`: the lookup may only replace a final state of its own rank. */
  readonly effect: Lookup['effect'];
  /** True if a known lookup was requested later than this lookup, and the known lookup's rank is not lower. */
  readonly isOvertaken: boolean;
  /**
   * True if a statement set or repeated the known state, and the lookup has the same rank, outcome and flags as this
   * state.
   */
  readonly confirmsStatement: boolean;
  /**
   * True if the lookup may be older than the last statement that set or repeated the known state: we requested the
   * lookup before this statement arrived.
   */
  readonly mayPredateStatement: boolean;
}

export function computeHintConditions(known: Known, { rank, occurredAt }: Transition): HintConditions {
  return compare(known, rank, occurredAt);
}

export function computeStatementConditions(known: Known, transition: Transition): StatementConditions {
  return { ...commonFacts(known, transition), isLookedUp: known.lookup !== null };
}

export function computeLookupConditions(
  known: Known,
  transition: Transition,
  { requestedBy, effect }: Lookup,
): LookupConditions {
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
    hasSameDigest: known.progress === 'final' && computeTransitionDigest(transition) === known.digest,
  };
}

function compare(known: Known, rank: number, occurredAt: string | null): HintConditions {
  return {
    progress: known.progress,
    rank: rank < known.rank ? 'lower' : rank > known.rank ? 'higher' : 'equal',
    time: compareInstants(occurredAt, known.occurredAt),
  };
}
