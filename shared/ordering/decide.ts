import type { Lookup, Transition } from '../contract/transition.ts';
import type { Decision } from './decision.ts';
import {
  computeHintConditions,
  computeLookupConditions,
  computeStatementConditions,
  type HintConditions,
  type LookupConditions,
  type StatementConditions,
} from './facts.ts';
import type { Known } from './known.ts';
import {
  acceptedAsNewState,
  acceptedAsNextAttempt,
  acceptedAsRecheck,
  acceptedAsRevision,
  type DecisionInTable,
  type DecisionTable,
  dropAsDuplicate,
  dropAsStale,
  findDecisionInTable,
} from './table.ts';

/**
 * Decides whether a transition applies to a verification. This function is pure.
 *
 * The first transition of a verification is accepted. A transition of an erased verification is stale. A repeated transition is a duplicate. For all other transitions,
 * the decision table of their origin decides: there is one table for hints, one for statements and one for lookups.
 * Each row lists conditions about the transition and the known state, such as `rank: 'lower'`. The first row whose
 * conditions are all true contains the decision. `facts.ts` explains the conditions, `decision.ts` explains the
 * decisions. `evolve` computes what is known after the decision.
 *
 * @param known what ordering remembers of the verification; null before its first transition
 */
export function decide(known: Known | null, transition: Transition): Decision {
  if (known === null) return { kind: 'accepted', change: 'state', attempt: 1 };
  if (known.progress === 'erased') return dropAsStale('erased');
  if (isRepeated(known, transition)) return dropAsDuplicate('seen');
  const decision = decideByOrigin(known, transition);
  if (decision.kind !== 'accepted') return decision;
  return { ...decision, attempt: known.attempt + (decision.attempt === 'next' ? 1 : 0) };
}

/**
 * Checks whether the transition repeats a transition that was accepted in this attempt. The status START without a time
 * is an exception: after an ended attempt, it begins the next attempt, even if its body equals the body of an earlier
 * START.
 */
function isRepeated(known: Known, { fingerprint, phase, occurredAt }: Transition): boolean {
  const startsNextAttempt = known.progress === 'ended' && phase === 'in_progress' && occurredAt === null;
  return known.seen.includes(fingerprint) && !startsNextAttempt;
}

function decideByOrigin(known: Known, transition: Transition): DecisionInTable {
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
const hintTable: DecisionTable<HintConditions> = {
  rows: [
    { progress: 'open', rank: 'higher',                                     decision: acceptedAsNewState },
    { progress: 'open', rank: 'equal', time: ['same', 'newer', 'unknown'],  decision: acceptedAsNewState },
  ],
  // A hint that does not change the state still requests a lookup.
  otherwise: acceptedAsRecheck,
};

function decideHint(known: Known, hint: Transition): DecisionInTable {
  return findDecisionInTable(hintTable, computeHintConditions(known, hint));
}

/**
 * Rows that the decision tables for statements and for lookups share. They decide about provisional transitions in
 * cases that are not final.
 */
// biome-ignore format: one row a line
const provisionalRows = [
  // A transition from an earlier attempt is stale. For example, the provider's operator may send an old body again
  // long after the user has started the next attempt.
  { isFromEarlierAttempt: true,                      decision: dropAsStale('previous-attempt') },
  { progress: 'ended', time: ['older', 'same'],      decision: dropAsStale('previous-attempt') },
  { progress: 'ended',                               decision: acceptedAsNextAttempt },
  { progress: 'open', time: 'older',                 decision: dropAsStale('out-of-order') },
  { progress: 'open', rank: ['equal', 'higher'],     decision: acceptedAsNewState },
  // Within an attempt, a case never goes back to a lower rank. So a newer transition with a lower rank starts a new
  // attempt. For example, a user cannot abort an attempt after the capture is complete: a later abort belongs to the
  // next attempt.
  { progress: 'open', rank: 'lower', time: 'newer',  decision: acceptedAsNextAttempt },
] as const;

// biome-ignore format: one row a line
const statementTable: DecisionTable<StatementConditions> = {
  rows: [
    { progress: 'final', incoming: 'provisional',        decision: dropAsStale('after-final') },
    { progress: 'final', rank: 'lower',                  decision: dropAsStale('older-final') },
    { progress: 'final', rank: 'equal', time: 'older',   decision: dropAsStale('older-final') },
    { progress: 'final', hasSameDigest: true,            decision: dropAsDuplicate('same-meaning') },
    // The statement may be older than the lookup that set the final state. If the provider's times do not show the
    // order, request another lookup of the case.
    { progress: 'final', rank: 'equal', time: ['same', 'unknown'], isLookedUp: true,  decision: acceptedAsRecheck },
    { progress: 'final',                                 decision: acceptedAsRevision },
    // The rows above decide about all final cases. So the case is open or ended in all rows below.
    { incoming: 'final', rank: 'lower',                  decision: dropAsStale('out-of-order') },
    { incoming: 'final',                                 decision: acceptedAsNewState },
    ...provisionalRows,
  ],
  // The decision if no row matches. The case is open, the statement has a lower rank than the known state, and no time
  // shows that the statement is newer.
  otherwise: dropAsStale('out-of-order'),
};

function decideStatement(known: Known, statement: Transition): DecisionInTable {
  return findDecisionInTable(statementTable, computeStatementConditions(known, statement));
}

// biome-ignore format: one row a line
const lookupTable: DecisionTable<LookupConditions> = {
  rows: [
    { effect: 'revise', progress: ['open', 'ended'],     decision: dropAsStale('nothing-to-revise') },
    { effect: 'revise', rank: ['lower', 'higher'],       decision: dropAsStale('nothing-to-revise') },

    { progress: 'final', incoming: 'provisional',        decision: dropAsStale('after-final') },
    { progress: 'final', rank: 'lower',                  decision: dropAsStale('older-final') },
    { progress: 'final', rank: 'equal', time: 'older',   decision: dropAsStale('older-final') },
    { progress: 'final', rank: 'equal', time: ['same', 'unknown'], isOvertaken: true,  decision: dropAsStale('older-final') },
    { progress: 'final', hasSameDigest: true,            decision: dropAsDuplicate('same-meaning') },
    // A lookup that confirms a statement changes no state. The event `idv.evidence.archived.v1` publishes the findings
    // of this lookup.
    { progress: 'final', confirmsStatement: true,        decision: dropAsDuplicate('same-meaning') },
    // The lookup may be older than the last statement, because it was requested before that statement arrived. If the
    // provider's times do not show the order, request another lookup of the case.
    { progress: 'final', rank: 'equal', time: ['same', 'unknown'], mayPredateStatement: true,  decision: acceptedAsRecheck },
    { progress: 'final',                                 decision: acceptedAsRevision },
    // The rows above decide about all final cases. So the case is open or ended in all rows below.
    { incoming: 'final', rank: 'lower',                  decision: dropAsStale('out-of-order') },
    // A newer lookup left the case open: it was requested later, and its rank is not lower. So the older lookup does
    // not decide the case.
    { incoming: 'final', isOvertaken: true,              decision: dropAsStale('out-of-order') },
    { incoming: 'final',                                 decision: acceptedAsNewState },
    ...provisionalRows,
  ],
  // The decision if no row matches. The case is open, the lookup has a lower rank than the known state, and no time
  // shows that the lookup is newer.
  otherwise: dropAsStale('out-of-order'),
};

function decideLookup(known: Known, transition: Transition, lookup: Lookup): DecisionInTable {
  return findDecisionInTable(lookupTable, computeLookupConditions(known, transition, lookup));
}
