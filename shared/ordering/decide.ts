import type { Lookup, Transition } from '../contract/transition.ts';
import type { Decision } from './decision.ts';
import {
  compareHint,
  compareLookup,
  compareStatement,
  type HintComparison,
  type LookupComparison,
  type StatementComparison,
} from './facts.ts';
import type { Known } from './known.ts';
import {
  acceptAsNextAttempt,
  acceptAsRecheck,
  acceptAsRevision,
  acceptAsState,
  type DecisionTable,
  decisionFrom,
  dropAsDuplicate,
  dropAsStale,
  type TableDecision,
} from './table.ts';

/**
 * Decides whether a transition applies to a verification. This function is pure.
 *
 * The first transition of a verification is accepted. A repeated transition is a duplicate. For all other transitions,
 * the table of their origin decides: the first row whose cells all equal the facts. A row matches any value of a fact
 * that the row omits. `facts.ts` explains the cells, `decision.ts` explains the decisions. `evolve` computes what is
 * known after the decision.
 *
 * @param known what ordering remembers of the verification; null before its first transition
 */
export function decide(known: Known | null, transition: Transition): Decision {
  if (known === null) return { kind: 'accepted', change: 'state', attempt: 1 };
  if (isRepeated(known, transition)) return dropAsDuplicate('seen');
  const decision = decideByOrigin(known, transition);
  if (decision.kind !== 'accepted') return decision;
  return { ...decision, attempt: known.attempt + (decision.attempt === 'next' ? 1 : 0) };
}

/**
 * Checks whether a transition was accepted before. A START carries no time, so the START of the next attempt may have
 * the same body. Such a START is not a repetition.
 */
function isRepeated(known: Known, { fingerprint, phase, occurredAt }: Transition): boolean {
  const startsNextAttempt = known.progress === 'ended' && phase === 'in_progress' && occurredAt === null;
  return known.seen.includes(fingerprint) && !startsNextAttempt;
}

function decideByOrigin(known: Known, transition: Transition): TableDecision {
  const { origin } = transition;
  switch (origin.kind) {
    case 'hint':
      return decideHint(known, transition);
    case 'statement':
      return decideStatement(known, transition);
    case 'lookup':
      return decideLookup(known, transition, origin);
  }
}

// biome-ignore format: one row a line
const hintTable: DecisionTable<HintComparison> = {
  rows: [
    { progress: 'open', rank: 'higher',                                     decision: acceptAsState },
    { progress: 'open', rank: 'equal', time: ['same', 'newer', 'unknown'],  decision: acceptAsState },
  ],
  // A hint that does not change the state still requests a lookup.
  otherwise: acceptAsRecheck,
};

function decideHint(known: Known, hint: Transition): TableDecision {
  return decisionFrom(hintTable, compareHint(known, hint));
}

/** The rows for a provisional statement or lookup in an open or ended case. */
// biome-ignore format: one row a line
const provisionalRows = [
  // The provider's operator may send an old body again long after the user has started the next attempt.
  { isFromEarlierAttempt: true,                      decision: dropAsStale('previous-attempt') },
  { progress: 'ended', time: ['older', 'same'],      decision: dropAsStale('previous-attempt') },
  { progress: 'ended',                               decision: acceptAsNextAttempt },
  { progress: 'open', time: 'older',                 decision: dropAsStale('out-of-order') },
  { progress: 'open', rank: ['equal', 'higher'],     decision: acceptAsState },
  // A case goes back to a lower rank only in a new attempt. For example, no abort follows a completed capture.
  { progress: 'open', rank: 'lower', time: 'newer',  decision: acceptAsNextAttempt },
] as const;

// biome-ignore format: one row a line
const statementTable: DecisionTable<StatementComparison> = {
  rows: [
    { progress: 'final', incoming: 'provisional',        decision: dropAsStale('after-final') },
    { progress: 'final', rank: 'lower',                  decision: dropAsStale('older-final') },
    { progress: 'final', rank: 'equal', time: 'older',   decision: dropAsStale('older-final') },
    { progress: 'final', hasSameDigest: true,            decision: dropAsDuplicate('same-meaning') },
    // A statement may be older than our lookup. Look the case up again, unless the provider's time gives the order.
    { progress: 'final', rank: 'equal', time: ['same', 'unknown'], isLookedUp: true,  decision: acceptAsRecheck },
    { progress: 'final',                                 decision: acceptAsRevision },
    // In all rows from here on, the case is open or ended.
    { incoming: 'final', rank: 'lower',                  decision: dropAsStale('out-of-order') },
    { incoming: 'final',                                 decision: acceptAsState },
    ...provisionalRows,
  ],
  // The case is open. The statement has a lower rank, and no time shows that it is newer.
  otherwise: dropAsStale('out-of-order'),
};

function decideStatement(known: Known, statement: Transition): TableDecision {
  return decisionFrom(statementTable, compareStatement(known, statement));
}

// biome-ignore format: one row a line
const lookupTable: DecisionTable<LookupComparison> = {
  rows: [
    { effect: 'revise', progress: ['open', 'ended'],     decision: dropAsStale('nothing-to-revise') },
    { effect: 'revise', rank: ['lower', 'higher'],       decision: dropAsStale('nothing-to-revise') },

    { progress: 'final', incoming: 'provisional',        decision: dropAsStale('after-final') },
    { progress: 'final', rank: 'lower',                  decision: dropAsStale('older-final') },
    { progress: 'final', rank: 'equal', time: 'older',   decision: dropAsStale('older-final') },
    { progress: 'final', rank: 'equal', time: ['same', 'unknown'], isOvertaken: true,  decision: dropAsStale('older-final') },
    { progress: 'final', hasSameDigest: true,            decision: dropAsDuplicate('same-meaning') },
    // The event `evidence.archived` publishes the other details of the lookup.
    { progress: 'final', confirmsStatement: true,        decision: dropAsDuplicate('same-meaning') },
    // A lookup that was requested before the last statement may be older than the statement. Look the case up again,
    // unless the provider's time gives the order.
    { progress: 'final', rank: 'equal', time: ['same', 'unknown'], mayPredateStatement: true,  decision: acceptAsRecheck },
    { progress: 'final',                                 decision: acceptAsRevision },
    // In all rows from here on, the case is open or ended.
    { incoming: 'final', rank: 'lower',                  decision: dropAsStale('out-of-order') },
    // A lookup that was requested later and has at least this rank left the case open. So the newer lookup decides.
    { incoming: 'final', isOvertaken: true,              decision: dropAsStale('out-of-order') },
    { incoming: 'final',                                 decision: acceptAsState },
    ...provisionalRows,
  ],
  // The case is open. The lookup has a lower rank, and no time shows that it is newer.
  otherwise: dropAsStale('out-of-order'),
};

function decideLookup(known: Known, transition: Transition, lookup: Lookup): TableDecision {
  return decisionFrom(lookupTable, compareLookup(known, transition, lookup));
}
