import type { Lookup, Transition } from '../contract/transition.ts';
import type { Decision } from './decision.ts';
import {
  type HintFacts,
  hintFacts,
  type LookupFacts,
  lookupFacts,
  type StatementFacts,
  statementFacts,
} from './facts.ts';
import type { Known } from './known.ts';
import {
  applies,
  duplicate,
  firstMatch,
  type Ruling,
  rechecks,
  revises,
  stale,
  startsNextAttempt,
  type Table,
} from './table.ts';

/**
 * Decides whether a transition applies to what is known: the heart of the system. Pure.
 *
 * The first transition of a verification applies, and a repetition is a duplicate. For all others the table of their
 * origin decides: the first row whose cells all equal the facts. A missing cell equals everything. `facts.ts` explains
 * the cells, `decision.ts` the decisions. `evolve` computes what is known afterwards.
 */
export function decide(known: Known | null, transition: Transition): Decision {
  if (known === null) return { kind: 'accepted', change: 'state', attempt: 1 };
  if (isRepetition(known, transition)) return duplicate('seen');
  const ruling = rule(known, transition);
  if (ruling.kind !== 'accepted') return ruling;
  return { ...ruling, attempt: known.attempt + (ruling.attempt === 'next' ? 1 : 0) };
}

/** The START of the next attempt carries no time, so its body may equal that of the last attempt's START. */
function isRepetition(known: Known, { fingerprint, phase, occurredAt }: Transition): boolean {
  const startsAgain = known.stage === 'ended' && phase === 'in_progress' && occurredAt === null;
  return known.seen.includes(fingerprint) && !startsAgain;
}

function rule(known: Known, transition: Transition): Ruling {
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
const hintTable: Table<HintFacts> = {
  rows: [
    { stage: 'open', rank: 'higher',                                     decision: applies },
    { stage: 'open', rank: 'equal', time: ['same', 'newer', 'unknown'],  decision: applies },
  ],
  // A hint that moves nothing still requests a lookup.
  otherwise: rechecks,
};

function decideHint(known: Known, hint: Transition): Ruling {
  return firstMatch(hintTable, hintFacts(known, hint));
}

/** What a statement or a lookup does to an open or ended case if it leaves the case provisional. */
// biome-ignore format: one row a line
const provisionalRows = [
  // An operator may send a body again long after the user has started the next attempt.
  { isOfEarlierAttempt: true,                     decision: stale('previous-attempt') },
  { stage: 'ended', time: ['older', 'same'],      decision: stale('previous-attempt') },
  { stage: 'ended',                               decision: startsNextAttempt },
  { stage: 'open', time: 'older',                 decision: stale('out-of-order') },
  { stage: 'open', rank: ['equal', 'higher'],     decision: applies },
  // A case goes back in a new attempt only: an abort, say, cannot follow a completed capture.
  { stage: 'open', rank: 'lower', time: 'newer',  decision: startsNextAttempt },
] as const;

// biome-ignore format: one row a line
const statementTable: Table<StatementFacts> = {
  rows: [
    { stage: 'final', incoming: 'provisional',        decision: stale('after-final') },
    { stage: 'final', rank: 'lower',                  decision: stale('older-final') },
    { stage: 'final', rank: 'equal', time: 'older',   decision: stale('older-final') },
    { stage: 'final', hasSameDigest: true,            decision: duplicate('same-meaning') },
    // A statement may predate our lookup. Unless the provider's time tells, look the case up again.
    { stage: 'final', rank: 'equal', time: ['same', 'unknown'], isLookedUp: true,  decision: rechecks },
    { stage: 'final',                                 decision: revises },
    // From here on the case is open or ended.
    { incoming: 'final', rank: 'lower',               decision: stale('out-of-order') },
    { incoming: 'final',                              decision: applies },
    ...provisionalRows,
  ],
  // The case is open, and a lower rank is not provably newer.
  otherwise: stale('out-of-order'),
};

function decideStatement(known: Known, statement: Transition): Ruling {
  return firstMatch(statementTable, statementFacts(known, statement));
}

// biome-ignore format: one row a line
const lookupTable: Table<LookupFacts> = {
  rows: [
    { effect: 'revise', stage: ['open', 'ended'],     decision: stale('nothing-to-revise') },
    { effect: 'revise', rank: ['lower', 'higher'],    decision: stale('nothing-to-revise') },

    { stage: 'final', incoming: 'provisional',        decision: stale('after-final') },
    { stage: 'final', rank: 'lower',                  decision: stale('older-final') },
    { stage: 'final', rank: 'equal', time: 'older',   decision: stale('older-final') },
    { stage: 'final', rank: 'equal', time: ['same', 'unknown'], isOvertaken: true,  decision: stale('older-final') },
    { stage: 'final', hasSameDigest: true,            decision: duplicate('same-meaning') },
    // What else the lookup tells goes out with `evidence.archived`.
    { stage: 'final', confirmsStatement: true,        decision: duplicate('same-meaning') },
    // A lookup that was requested before the last statement may predate it. Unless the provider's time tells, look the
    // case up again.
    { stage: 'final', rank: 'equal', time: ['same', 'unknown'], mayPredateStatement: true,  decision: rechecks },
    { stage: 'final',                                 decision: revises },
    // From here on the case is open or ended.
    { incoming: 'final', rank: 'lower',               decision: stale('out-of-order') },
    // A newer lookup of this rank has left the case open.
    { incoming: 'final', isOvertaken: true,           decision: stale('out-of-order') },
    { incoming: 'final',                              decision: applies },
    ...provisionalRows,
  ],
  // The case is open, and a lower rank is not provably newer.
  otherwise: stale('out-of-order'),
};

function decideLookup(known: Known, result: Transition, lookup: Lookup): Ruling {
  return firstMatch(lookupTable, lookupFacts(known, result, lookup));
}
