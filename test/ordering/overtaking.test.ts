import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';
import { requestsEvidence } from '../../shared/ordering/requests-evidence.ts';
import { lookup, statement, statementWithEvidence, transition } from '../support/transitions.ts';
import { type Followed, followOne } from './follow.ts';

/** What a provider without times can say, as ID360 does. The last of them asks for no evidence. */
const words = ['SUCCESS', 'FRAUD_SUSPICION_CONFIRMED', 'EXPIRED'] as const;
type Word = (typeof words)[number];

/**
 * A provider, the network, and us. Each step takes one of the things that can happen next: the provider makes up its
 * mind anew, a callback comes, a job asks for the result, an answer comes. All but the first may be overtaken.
 */
function play(history: readonly Word[], pick: () => number): { known: Followed | null; truth: Word } {
  const changes = [...history];
  const callbacks: Word[] = [];
  const jobs: number[] = [];
  const answers: { requestedBy: number; word: Word }[] = [];
  let truth: Word = 'SUCCESS';
  let known: Followed | null = null;
  let bodies = 0;

  const arrive = (word: Word, origin: Origin) => {
    const arriving = transition(word, { fingerprint: `body ${++bodies}`, origin });
    const { decision, after } = followOne(known, arriving);
    known = after;
    if (decision.kind === 'accepted' && requestsEvidence(arriving, decision)) jobs.push(after.sequence);
  };
  const callbackOf = (word: Word) => (word === 'EXPIRED' ? statement : statementWithEvidence);
  const takeAny = <T>(list: T[]): T | undefined => list.splice(pick() % list.length, 1)[0];

  const change = () => {
    truth = changes.shift() ?? truth;
    callbacks.push(truth);
  };
  const callback = () => {
    const word = takeAny(callbacks) ?? truth;
    arrive(word, callbackOf(word));
  };
  const ask = () => answers.push({ requestedBy: takeAny(jobs) ?? 0, word: truth });
  const answer = () => {
    const { word = truth, requestedBy = 0 } = takeAny(answers) ?? {};
    arrive(word, lookup(requestedBy));
  };
  for (;;) {
    const possible = [
      ...(changes.length > 0 ? [change] : []),
      ...(callbacks.length > 0 ? [callback] : []),
      ...(jobs.length > 0 ? [ask] : []),
      ...(answers.length > 0 ? [answer] : []),
    ];
    if (possible.length === 0) return { known, truth };
    possible[pick() % possible.length]?.();
  }
}

test('whatever overtakes what, a case ends as the provider’s last word, once all answers have come', () => {
  // No word twice: one that comes back is not to be told from one that comes late (docs/decisions/016).
  const histories = fc.shuffledSubarray([...words], { minLength: 1 });
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.nat({ max: 999 })), (history, picks) => {
      const { known, truth } = play(history, () => picks.next().value);
      expect(known?.state.providerStatus).toBe(truth);
    }),
    { numRuns: 20_000 },
  );
});
