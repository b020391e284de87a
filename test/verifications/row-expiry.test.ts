import { expect, test } from 'vitest';
import { computeRowExpiry } from '../../shared/verifications/row-expiry.ts';

const receivedAt = '2026-11-22T12:00:00.900Z';
const secondsOf = (instant: string) => Date.parse(instant) / 1000;
const oneDay = 24 * 3600;

test('the row of an open case expires after the retention, counted from its latest event', () => {
  expect(computeRowExpiry({ final: null, receivedAt }, oneDay)).toBe(secondsOf('2026-11-23T12:00:00Z'));
});

test('the row of a final case expires after the retention, counted from its final decision and not from later events', () => {
  const final = { eventId: 'idnow:c:1#20261122T100000Z.1', at: '2026-11-22T10:00:00Z' };
  expect(computeRowExpiry({ final, receivedAt }, oneDay)).toBe(secondsOf('2026-11-23T10:00:00Z'));
});
