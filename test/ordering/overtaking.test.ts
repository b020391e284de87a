import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';
import { requestsEvidence } from '../../shared/ordering/requests-evidence.ts';
import { plays } from '../support/plays.ts';
import { lookup, statement, statementWithEvidence, transition } from '../support/transitions.ts';
import { type Followed, followOne } from './follow.ts';

/** The final statuses of a provider that sends no times, such as ID360. EXPIRED requests no evidence. */
const statuses = ['SUCCESS', 'FRAUD_SUSPICION_CONFIRMED', 'EXPIRED'] as const;
type Status = (typeof statuses)[number];

/**
 * Simulates one case: the provider, the network and our system. Each round picks one of four steps: the provider
 * changes its status, a callback arrives, a job requests the result, or the result of a job arrives. Callbacks,
 * requests and results may overtake each other.
 */
function play(history: readonly Status[], pick: () => number): { known: Followed | null; truth: Status } {
  const changes = [...history];
  const callbacks: Status[] = [];
  const jobs: number[] = [];
  const answers: { requestedBy: number; status: Status }[] = [];
  let truth: Status = 'SUCCESS';
  let known: Followed | null = null;
  let bodies = 0;

  const arrive = (status: Status, origin: Origin) => {
    const incoming = transition(status, { fingerprint: `body ${++bodies}`, origin });
    const { decision, after } = followOne(known, incoming);
    known = after;
    if (decision.kind === 'accepted' && requestsEvidence(incoming, decision)) jobs.push(after.sequence);
  };
  const callbackOf = (status: Status) => (status === 'EXPIRED' ? statement : statementWithEvidence);
  const takeAny = <T>(list: T[]): T | undefined => list.splice(pick() % list.length, 1)[0];

  const change = () => {
    truth = changes.shift() ?? truth;
    callbacks.push(truth);
  };
  const callback = () => {
    const status = takeAny(callbacks) ?? truth;
    arrive(status, callbackOf(status));
  };
  const requestResult = () => answers.push({ requestedBy: takeAny(jobs) ?? 0, status: truth });
  const answer = () => {
    const { status = truth, requestedBy = 0 } = takeAny(answers) ?? {};
    arrive(status, lookup(requestedBy));
  };
  for (;;) {
    const possible = [
      ...(changes.length > 0 ? [change] : []),
      ...(callbacks.length > 0 ? [callback] : []),
      ...(jobs.length > 0 ? [requestResult] : []),
      ...(answers.length > 0 ? [answer] : []),
    ];
    if (possible.length === 0) return { known, truth };
    possible[pick() % possible.length]?.();
  }
}

test('a case ends with the provider’s last status, even if callbacks and lookups overtake each other', () => {
  // No status occurs twice, because ordering cannot tell a repeated status from a stale one (docs/decisions/016).
  const histories = fc.shuffledSubarray([...statuses], { minLength: 1 });
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.nat({ max: 999 })), (history, picks) => {
      const { known, truth } = play(history, () => picks.next().value);
      expect(known?.state.providerStatus).toBe(truth);
    }),
    { numRuns: plays(5_000) },
  );
});
