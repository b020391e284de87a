import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { carryWrite } from '../../shared/verifications/unconfirmed-writes.ts';
import { convertWriteToItem, parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import { anyHistory, playHistory } from '../support/random-histories.ts';

test('a row has the same content if its unconfirmed writes were encoded before or are encoded again', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      for (const { write } of playHistory(history)) {
        const item = convertWriteToItem(write, 1);
        // The copy has no write that was encoded before.
        expect(convertWriteToItem(structuredClone(write), 1)).toEqual(item);
        // So does a row that was read: the next row carries its write in the same form.
        const [carried, read] = [carryWrite(write), carryWrite(parseVerificationItem(item))];
        expect(itemAfter(read)).toEqual(itemAfter(carried));
      }
    }),
  );
});

/** Returns the item of a write that changes only the version. */
function itemAfter(known: ReturnType<typeof carryWrite>) {
  const write = {
    verification: { ...known, version: 'next' },
    outbox: { event: null, jobs: [], delivery: null },
  };
  return parseVerificationItem(convertWriteToItem(write, 1));
}
