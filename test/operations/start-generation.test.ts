import { expect, test } from 'vitest';
import { startGeneration } from '../../shared/operations/generations/start-generation.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { deliver, eventOfWrite, incomingTransition } from '../support/deliveries.ts';
import { at, lookup, statementWithEvidence, transition } from '../support/transitions.ts';

const generation = '20270101T000000Z';
const started = { generation, at: '2027-01-01T00:00:00.500Z', writeId: 'the restore' };

/** A final verification after two events, which waits for its evidence. */
function waiting() {
  const history = [
    transition('START'),
    transition('SUCCESS', { occurredAt: at(5), origin: statementWithEvidence }),
  ];
  return deliver(history).at(-1)?.after ?? expect.unreachable('nothing was written');
}

test('a new generation keeps the state, publishes no event, and counts from 1 again', () => {
  // Prepare
  const known = waiting();
  // Act
  const { verification, outbox } = startGeneration(known, started);
  const revision = incomingTransition(
    transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(9), origin: statementWithEvidence }),
    'the next write',
  );
  const next = applyTransition(verification, revision);
  // Assess
  expect(outbox.event).toBeNull();
  expect(verification).toMatchObject({
    outcome: 'approved',
    finality: 'final',
    generation,
    sequence: 0,
    version: 'the restore',
  });
  const event = next.write && eventOfWrite(next.write);
  expect(event).toMatchObject({
    id: `idnow:democompany:txn-1#${generation}.1`,
    type: 'idv.verification.revised.v1',
    data: { generation, sequence: 1, supersedes: known.final?.eventId },
  });
});

test('a new generation requests again the evidence that the case waits for', () => {
  const { verification, outbox } = startGeneration(waiting(), started);

  expect(verification.evidence).toMatchObject({ status: 'pending', requestedBy: 0 });
  expect(verification.schedule.evidence).toEqual({ 0: 'pending' });
  expect(outbox.jobs).toMatchObject([
    { purpose: 'archive', generation, sequence: 0, requestedAt: '2027-01-01T00:00:00.500Z' },
  ]);
});

test('a new generation requests no evidence if none is awaited', () => {
  const known = deliver([transition('START')]).at(-1)?.after ?? expect.unreachable('nothing was written');

  const { verification, outbox } = startGeneration(known, started);

  expect([outbox.jobs, verification.evidence, verification.schedule.evidence]).toEqual([[], null, {}]);
});

test('a lookup of the new generation is not taken for an older one, although its number is lower', () => {
  // Prepare: the lookup of event 2 left the case open, and event 3 is the last statement.
  const history = [
    transition('WEBHOOK'),
    transition('CHECK_PENDING'),
    transition('REVIEW_PENDING', { origin: lookup(2), fingerprint: 'looked up' }),
  ];
  const known = deliver(history).at(-1)?.after ?? expect.unreachable('nothing was written');
  const { verification } = startGeneration(known, started);
  // Act
  const result = transition('SUCCESS', { origin: lookup(1), fingerprint: 'the new result' });
  // Assess
  expect(applyTransition(known, incomingTransition(result)).kind).toBe('accepted');
  expect(verification.ordering).toMatchObject({ lookup: { requestedBy: 0 } });
  expect(applyTransition(verification, incomingTransition(result)).kind).toBe('accepted');
});
