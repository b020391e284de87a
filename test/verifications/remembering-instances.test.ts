import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { rememberVerifications } from '../../shared/verifications/remember-verifications.ts';
import type { VerificationStore } from '../../shared/verifications/verification-store.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { anyDeliveries } from '../support/histories.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { plays } from '../support/plays.ts';

/** Deliveries to three instances of a receiver. Before some deliveries, the row of the case disappears. */
const anySteps = anyDeliveries.chain((deliveries) =>
  fc.tuple(
    ...deliveries.map((transition) =>
      fc.record({
        transition: fc.constant(transition),
        instance: fc.nat({ max: 2 }),
        isRowLost: fc.constantFrom(true, ...Array(9).fill(false)),
      }),
    ),
  ),
);
type Steps = ReturnType<typeof anySteps.generate>['value'];

/** Plays deliveries one after the other, one per second. @returns the decisions, and the row after each of them */
async function play(steps: Steps, wrap: (table: VerificationStore) => VerificationStore) {
  const { store: table, rows } = memoryVerifications(() => undefined);
  const instances = [wrap(table), wrap(table), wrap(table)];
  const results = [];
  for (const [second, { transition, instance, isRowLost }] of steps.entries()) {
    if (isRowLost) rows.clear();
    const receivedAt = new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();
    const decision = await recordTransition(instances[instance] ?? table, {
      ...incomingTransition(transition, `write ${second}`),
      receivedAt,
    });
    results.push({ decision, row: rows.get(transition.verificationId) });
  }
  return results;
}

test('what instances remember changes no decision and no row, also if rows disappear', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const remembering = await play(steps, (table) => rememberVerifications(table));
      const reading = await play(steps, (table) => table);
      expect(remembering).toEqual(reading);
    }),
    { numRuns: plays(500) },
  );
});
