import { beforeAll, describe, expect, test } from 'vitest';
import type { Transition } from '../../shared/contract/transition.ts';
import { endStateOf } from '../support/histories.ts';
import { alphabets, explore } from './explore.ts';
import { type Followed, followOne, type Step } from './follow.ts';

/** The test tries all histories of at most this number of transitions. */
const maxLength = 5;

const named = (history: readonly Transition[]) => history.map(({ fingerprint }) => fingerprint).join(' · ');

/** Returns true if the last transition of a history breaks one of the rules. */
type IsBroken = (step: Step, history: readonly Transition[]) => boolean;

/** Maps each set of transitions with distinct times to the end state that this set must have in each order. */
type Ends = Map<string, string>;

const rules = (ends: Ends): Record<string, IsBroken> => ({
  'a final state never becomes provisional': ({ before, after }) =>
    before?.known.progress === 'final' && after.known.progress !== 'final',

  'the attempt stays or grows by one, and only an accepted transition changes it': ({
    decision,
    before,
    after,
  }) => {
    const grown = after.known.attempt - (before?.known.attempt ?? 0);
    return grown < 0 || grown > 1 || (grown === 1 && decision.kind !== 'accepted');
  },

  'a transition that was accepted in this attempt changes nothing when it arrives again': (
    { after },
    history,
  ) =>
    history.some((each) => {
      const { known } = after;
      // The status START is accepted again with the same fingerprint, because it starts the next attempt.
      const startsNextAttempt = known.progress === 'ended' && each.phase === 'in_progress';
      if (startsNextAttempt || !known.seen.includes(each.fingerprint)) return false;
      const again = followOne(after, each);
      return again.decision.kind !== 'duplicate' || again.after.known !== known;
    }),

  'a dropped transition keeps progress, result, rank, attempt and fingerprints': ({
    decision,
    before,
    after,
  }) => {
    if (decision.kind === 'accepted' || before === null) return false;
    const kept = ['progress', 'result', 'rank', 'attempt', 'earlierUntil', 'seen', 'digest'] as const;
    return kept.some((name) => before.known[name] !== after.known[name]);
  },

  'a hint never completes a case': ({ before, after }, history) =>
    history.at(-1)?.origin.kind === 'hint' &&
    after.known.progress !== 'open' &&
    after.known.progress !== before?.known.progress,

  'transitions with distinct times end in the same state in every order': ({ after }, history) => {
    if (history.some(({ occurredAt }) => occurredAt === null)) return false;
    const times = new Set(history.map(({ occurredAt }) => occurredAt));
    if (times.size < history.length) return false;
    const set = named(history.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)));
    const end = JSON.stringify(endStateOf(after.state));
    const known = ends.get(set) ?? end;
    ends.set(set, known);
    return end !== known;
  },
});

const titles = Object.keys(rules(new Map()));

describe.each(['idnow', 'id360', 'datakeen'] as const)(
  'every history of up to five transitions of %s',
  (provider) => {
    /** Maps each rule to the histories of transitions that break it. */
    const broken = new Map<string, string[]>();
    beforeAll(() => {
      const checked = Object.entries(rules(new Map()));
      explore<Followed | null>(alphabets[provider], maxLength, null, (before, history, last) => {
        const step = followOne(before, last);
        for (const [title, isBroken] of checked)
          if (isBroken(step, history)) broken.set(title, [...(broken.get(title) ?? []), named(history)]);
        return step.after;
      });
    });

    test.each(titles)('no history of transitions breaks the rule: %s', (title) => {
      expect(broken.get(title)?.slice(0, 10) ?? []).toEqual([]);
    });
  },
);
