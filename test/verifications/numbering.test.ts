import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { buildEvent } from '../../shared/verifications/build-event.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { alphabets, explore } from '../ordering/explore.ts';
import { deliver, incomingTransition } from '../support/deliveries.ts';
import { anyDeliveries } from '../support/histories.ts';

describe('any deliveries in any order', () => {
  test('sequences count 1, 2, 3 … without a gap or a repetition, and only an accepted delivery writes the row', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) => {
        // Act
        const results = deliver(deliveries);
        // Assess
        const accepted = results.filter(({ decision }) => decision.kind === 'accepted');
        const counted = accepted.map((_, index) => index + 1);
        expect(accepted.map(({ after }) => after?.sequence)).toEqual(counted);
        expect(accepted.map(({ event }) => event?.data.sequence)).toEqual(counted);
        const writes = results.flatMap(({ before, after }, index) =>
          before?.version === after?.version ? [] : [[`write ${index + 1}`, after?.version]],
        );
        expect(writes).toHaveLength(accepted.length);
        for (const [writeId, version] of writes) expect(version).toBe(writeId);
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
      const sequence =
        write?.outbox.event && buildEvent(write.verification, write.outbox.event).data.sequence;
      const next = (before?.sequence ?? 0) + (isAccepted ? 1 : 0);
      const isNext = after?.sequence === next && (sequence ?? null) === (isAccepted ? next : null);
      if (!isNext) broken.push(history.map(({ fingerprint }) => fingerprint).join(' · '));
      return after;
    });
    expect(broken).toEqual([]);
  },
);
