import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { alphabets, explore } from '../ordering/explore.ts';
import { deliver, incomingTransition } from '../support/deliveries.ts';
import { anyDeliveries } from '../support/histories.ts';

describe('any deliveries in any order', () => {
  test('sequences and versions count 1, 2, 3 … without a gap or a repetition', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) => {
        const written = deliver(deliveries).filter(({ decision }) => decision.kind === 'accepted');
        const counted = written.map((_, index) => index + 1);
        expect(written.map(({ after }) => after?.sequence)).toEqual(counted);
        expect(written.map(({ after }) => after?.version)).toEqual(counted);
        expect(written.flatMap(({ events }) => events.map((json) => JSON.parse(json).data.sequence))).toEqual(
          counted,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('a dropped statement or hint does not change the row', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) => {
        for (const { decision, before, after } of deliver(deliveries))
          if (decision.kind !== 'accepted') expect(after).toEqual(before);
      }),
    );
  });
});

test.each(['idnow', 'id360', 'datakeen'] as const)(
  'in all histories of up to five transitions of %s, each accepted transition becomes one event with the next sequence',
  (provider) => {
    const broken: string[] = [];
    explore<Verification | null>(alphabets[provider].slice(-6), 5, null, (before, history, last) => {
      const applied = applyTransition(before, incomingTransition(last));
      const { write } = applied;
      const isAccepted = applied.kind === 'accepted';
      const after = write?.verification ?? before;
      const sequences = write?.outbox.events.map((json) => JSON.parse(json).data.sequence) ?? [];
      const next = (before?.sequence ?? 0) + (isAccepted ? 1 : 0);
      const isNext = after?.sequence === next && sequences.join() === (isAccepted ? String(next) : '');
      if (!isNext) broken.push(history.map(({ fingerprint }) => fingerprint).join(' · '));
      return after;
    });
    expect(broken).toEqual([]);
  },
);
