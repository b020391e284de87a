import { describe, expect, test } from 'vitest';
import { SequenceBuffer } from '../../shared/operations/listening/sequence-buffer.ts';
import type { HistoryRow } from '../../shared/verifications/history-row.ts';

const first = '20261122T101000Z';

/** Makes the row of an event, or of a dropped delivery if the sequence is null. */
function row(sequence: number | null, { subject = 'idnow:demo:a', generation = first } = {}): HistoryRow {
  const event = sequence === null ? null : { data: { generation, sequence } };
  const at = `2026-11-22T10:10:00Z#${sequence}`;
  return { subject, at, decision: 'accepted', reason: null, generation, sequence, event, delivery: null };
}
const sequencesOf = (rows: readonly HistoryRow[]) => rows.map(({ sequence }) => sequence);

/** Adds rows at the time 0. @returns the released sequences after each row */
function addAll(rows: readonly HistoryRow[], buffer = new SequenceBuffer({ firstMs: 1, gapMs: 10 })) {
  return { released: rows.map((each) => sequencesOf(buffer.add(each, 0))), buffer };
}

describe('the order of events in idv listen', () => {
  test('events that come in order wait for nothing', () => {
    expect(addAll([row(1), row(2), row(3)]).released).toEqual([[1], [2], [3]]);
  });

  test('an event waits for the events before it', () => {
    expect(addAll([row(1), row(4), row(3), row(2), row(5)]).released).toEqual([[1], [], [], [2, 3, 4], [5]]);
  });

  test('the first event that is known of a case waits a moment for an earlier one', () => {
    const { released, buffer } = addAll([row(2), row(1)]);
    expect(released).toEqual([[], [1, 2]]);
    expect(buffer.releaseExpired(99)).toEqual([]);
  });

  test('an event that has waited long enough is shown with those that follow it', () => {
    const { buffer } = addAll([row(7), row(8)]);
    expect(sequencesOf(buffer.releaseExpired(0.5))).toEqual([]);
    expect(sequencesOf(buffer.releaseExpired(1))).toEqual([7, 8]);
    expect(sequencesOf(buffer.add(row(10), 2))).toEqual([]);
    expect(sequencesOf(buffer.releaseExpired(11))).toEqual([]);
    expect(sequencesOf(buffer.releaseExpired(12))).toEqual([10]);
  });

  test('an event that comes too late, or again, is shown and not lost', () => {
    expect(addAll([row(1), row(2), row(2), row(1), row(3)]).released).toEqual([[1], [2], [2], [1], [3]]);
  });

  test('a later generation is numbered from 1 again', () => {
    const later = { generation: '20270101T000000Z' };
    expect(addAll([row(1), row(2), row(2, later), row(1, later), row(3)]).released).toEqual([
      [1],
      [2],
      [],
      [1, 2],
      [3],
    ]);
  });

  test('a case waits for no other case, and a dropped delivery waits for nothing', () => {
    const other = { subject: 'idnow:demo:b' };
    expect(addAll([row(1), row(3), row(1, other), row(null)]).released).toEqual([[1], [], [1], [null]]);
  });
});
