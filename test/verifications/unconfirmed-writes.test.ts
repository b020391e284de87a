import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { buildEventId } from '../../shared/verifications/build-event.ts';
import { carryWrite, forgetConfirmedWrites } from '../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { anyHistory, playHistory } from '../support/random-histories.ts';
import { comparedHint, statementWithEvidence, transition } from '../support/transitions.ts';

/** The ids of the events that can be published from a row: those of its unconfirmed writes and its own. */
const eventIdsIn = (row: VerificationWrite) =>
  (carryWrite(row).unconfirmed ?? []).map(({ verification }) => buildEventId(verification));

describe('a row', () => {
  test('contains every event after the newest event whose job has ended, for each write of a random history', () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        // Act
        const writes = playHistory(steps);
        // Assess
        let unconfirmed: string[] = [];
        for (const { write, event } of writes) {
          const { type = null, data } = event ?? {};
          if (type?.startsWith('idv.evidence.')) {
            const endedBy = jobEndedBy(
              writes.map((played) => played.write),
              write,
            );
            const index = unconfirmed.findIndex((id) => id.endsWith(`.${endedBy}`));
            unconfirmed = unconfirmed.slice(index + 1);
          }
          if (data !== undefined) unconfirmed = [...unconfirmed, buildEventId(write.verification)];
          expect(eventIdsIn(write)).toEqual(unconfirmed);
        }
      }),
    );
  });

  test('of a write without an event still contains the event before it', () => {
    // Prepare
    const hinted = writeAfter(null, 'WEBHOOK', 'w1');
    // Act: the hint is repeated, and requests a comparison.
    const repeated = writeAfter(hinted, 'WEBHOOK', 'w2');
    // Assess
    expect(repeated.outbox.event).toBeNull();
    const { nextLookupAt: _, ...verification } = hinted.verification;
    expect(repeated.verification.unconfirmed).toEqual([{ verification, outbox: hinted.outbox }]);
  });
});

/** Returns the sequence of the event whose job the write has ended. */
function jobEndedBy(writes: readonly VerificationWrite[], ended: VerificationWrite): string {
  const before = writes[writes.indexOf(ended) - 1]?.verification.schedule.evidence ?? {};
  const after = ended.verification.schedule.evidence;
  return Object.keys(after).find((sequence) => after[sequence] !== before[sequence]) ?? '';
}

function writeAfter(
  row: VerificationWrite | null,
  status: 'WEBHOOK' | 'START' | 'CHECK_PENDING' | 'SUCCESS',
  writeId: string,
): VerificationWrite {
  const origin = status === 'WEBHOOK' ? comparedHint : statementWithEvidence;
  const { write } = applyTransition(
    row && carryWrite(row),
    incomingTransition(transition(status, { origin }), writeId),
  );
  return write ?? expect.unreachable('nothing was written');
}

describe('a job that has reached its fetcher', () => {
  const first = writeAfter(null, 'START', 'w1');
  const second = writeAfter(first, 'CHECK_PENDING', 'w2');
  const third = writeAfter(second, 'SUCCESS', 'w3');
  const known: Verification = carryWrite(third);
  const { generation } = known;
  const receivedAt = Date.parse(known.receivedAt);
  const hoursLater = (hours: number) => new Date(receivedAt + hours * 3600_000).toISOString();
  const versionsAfter = (job: { generation: string; sequence: number }, from = known, at = hoursLater(1)) =>
    (forgetConfirmedWrites(from, job, at).unconfirmed ?? []).map(({ verification }) => verification.version);

  test('confirms the write that requested it and all earlier writes, but no later write', () => {
    expect(versionsAfter({ generation, sequence: 1 })).toEqual(['w2', 'w3']);
    expect(versionsAfter({ generation, sequence: 2 })).toEqual(['w3']);
    expect(versionsAfter({ generation, sequence: 3 })).toEqual([]);
  });

  test('confirms nothing if it belongs to another generation', () => {
    expect(versionsAfter({ generation: '20200101T000000Z', sequence: 3 })).toEqual(['w1', 'w2', 'w3']);
  });

  test('confirms nothing if the outbox of its write was empty: an import runs its jobs itself', () => {
    const withoutJobs = (known.unconfirmed ?? []).map((write) => ({
      ...write,
      outbox: { ...write.outbox, jobs: [] },
    }));
    const imported = { ...known, unconfirmed: withoutJobs };
    expect(versionsAfter({ generation, sequence: 3 }, imported)).toEqual(['w1', 'w2', 'w3']);
  });

  test('confirms no earlier write that the stream may have lost, but always the write that requested it', () => {
    expect(versionsAfter({ generation, sequence: 2 }, known, hoursLater(22.9))).toEqual(['w3']);
    expect(versionsAfter({ generation, sequence: 2 }, known, hoursLater(23))).toEqual(['w1', 'w3']);
    expect(versionsAfter({ generation, sequence: 3 }, known, hoursLater(200))).toEqual(['w1', 'w2']);
  });

  test('leaves no empty list in the row', () => {
    expect(forgetConfirmedWrites(known, { generation, sequence: 3 }, hoursLater(1))).not.toHaveProperty(
      'unconfirmed',
    );
  });
});
