import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliver } from '../support/deliveries.ts';
import { anyDeliveries } from '../support/histories.ts';

describe('whatever is delivered, in whatever order', () => {
  test('events count 1, 2, 3 … without gap or repetition, and so do versions', () => {
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

  test('a dropped delivery leaves the row as it is', () => {
    fc.assert(
      fc.property(anyDeliveries, (deliveries) => {
        for (const { decision, before, after } of deliver(deliveries))
          if (decision.kind !== 'accepted') expect(after).toEqual(before);
      }),
    );
  });
});
