import { expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { at, statement, statementWithEvidence, transition } from '../../support/transitions.ts';
import {
  deadlineSeconds,
  type JobUnderTest,
  jobsUnderTest,
  requestedAt,
  transient,
} from '../job-under-test.ts';

const create = jobsUnderTest();

/** Creates an open case, and the message of a lookup of it. */
async function openCase(changes: object = {}) {
  const job = await create({ status: 'START' });
  const message = JSON.stringify({ ...JSON.parse(job.body), purpose: 'lookup', ...changes });
  return { job, lookUp: (receives = 1) => job.receive({ message, receives }) };
}

const success = ({ verificationId }: JobUnderTest) =>
  transition('SUCCESS', { verificationId, occurredAt: at(20), origin: statementWithEvidence });

test('news from the provider are recorded like the lost webhook, and request the evidence', async () => {
  const { job, lookUp } = await openCase();
  job.answer = () => success(job);
  expect(await lookUp()).toEqual([]);

  const state = await job.state();
  expect(state).toMatchObject({
    type: 'idv.verification.decided.v1',
    sequence: 2,
    providerStatus: 'SUCCESS',
  });
  expect(state.jobs).toMatchObject([{ purpose: 'archive', sequence: 2 }]);
  expect(job.telemetry.counts).toEqual({ LostWebhooksFound: 1 });
});

test('the same news twice are recorded once', async () => {
  const { job, lookUp } = await openCase();
  job.answer = () => success(job);
  await lookUp();
  await lookUp();
  expect(await job.state()).toMatchObject({ sequence: 2 });
});

test('a lookup without data publishes nothing', async () => {
  const { job, lookUp } = await openCase();
  expect(await lookUp()).toEqual([]);
  expect(await job.state()).toMatchObject({ sequence: 1, type: 'idv.verification.started.v1' });
});

test('the last lookup without data publishes that the case is overdue; a FINAL that comes later still counts', async () => {
  const { job, lookUp } = await openCase({ isLastLookup: true });
  await lookUp();
  const overdue = await job.state();
  expect(overdue).toMatchObject({
    type: 'idv.verification.overdue.v1',
    sequence: 2,
    providerStatus: 'START',
  });
  expect(overdue.event?.data).toMatchObject({
    phase: 'completed',
    outcome: 'expired',
    finality: 'provisional',
  });
  expect(job.telemetry.counts).toEqual({ CasesOverdue: 1 });

  await lookUp();
  expect(await job.state()).toMatchObject({ sequence: 2 });
  await job.deliver(success(job));
  expect(await job.state()).toMatchObject({ type: 'idv.verification.decided.v1', sequence: 3 });
});

test('a case that was completed in the meantime is not looked up', async () => {
  const { job, lookUp } = await openCase({ isLastLookup: true });
  await job.deliver(success(job));
  job.answer = () => {
    throw new Error('the provider was asked');
  };
  expect(await lookUp()).toEqual([]);
  expect(await job.state()).toMatchObject({ sequence: 2 });
});

test('a lookup that fails is tried again, and given up after six hours without a dead letter', async () => {
  const { job, lookUp } = await openCase();
  job.answer = () => {
    throw transient;
  };
  expect(await lookUp(3)).toEqual(['the-message']);
  expect(job.retries).toEqual([['the-receipt', 4]]);

  job.clock.now = new Date(requestedAt + 6 * 3600_000);
  expect(await lookUp(30)).toEqual([]);
  expect(job.deadLetters).toEqual([]);
  expect(job.telemetry.counts).toEqual({ LookupsFailed: 1 });
});

test.each([
  ['refuses our account', new EvidenceError('no_account', 'no API key')],
  ['answers something that we do not understand', new EvidenceError('unexpected', 'another ident')],
  ['cannot be reached', transient],
])('a provider that %s makes no case overdue, not even at its last lookup', async (_what, error) => {
  const { job, lookUp } = await openCase({ isLastLookup: true });
  job.answer = () => {
    throw error;
  };
  job.clock.now = new Date(requestedAt + 6 * 3600_000);
  expect(await lookUp()).toEqual([]);
  expect(await job.state()).toMatchObject({ sequence: 1 });
  expect(job.telemetry.counts).toEqual({ LookupsFailed: 1 });
});

test('an event after the request of the last lookup begins the silence again', async () => {
  const { job, lookUp } = await openCase({ isLastLookup: true });
  const { verificationId } = job;
  await job.deliver(transition('REVIEW_PENDING', { verificationId, occurredAt: at(12), origin: statement }));
  await lookUp();
  expect(await job.state()).toMatchObject({ sequence: 2, providerStatus: 'REVIEW_PENDING' });
});

test('a case that waits for its evidence is not looked up, unless the job must be lost', async () => {
  const { job, lookUp } = await openCase();
  const { verificationId } = job;
  await job.deliver(
    transition('REVIEW_PENDING', { verificationId, occurredAt: at(12), origin: statementWithEvidence }),
  );
  job.answer = () => success(job);
  await lookUp();
  expect(await job.state()).toMatchObject({ sequence: 2 });

  job.clock.now = new Date(requestedAt + (deadlineSeconds + 2 * 24 * 3600) * 1000);
  await lookUp();
  expect(await job.state()).toMatchObject({ sequence: 3, providerStatus: 'SUCCESS' });
});

test('a lookup of an earlier generation changes nothing', async () => {
  const { job, lookUp } = await openCase({ generation: '20251122T120000Z' });
  job.answer = () => success(job);
  expect(await lookUp()).toEqual([]);
  expect(await job.state()).toMatchObject({ sequence: 1 });
});

test('if the answer cannot be recorded, the lookup is tried again without a dead letter', async () => {
  const { job, lookUp } = await openCase();
  job.answer = () => success(job);
  job.verifications.write = async () => {
    throw new Error('DynamoDB is down');
  };
  expect(await lookUp()).toEqual(['the-message']);
  job.clock.now = new Date(requestedAt + 6 * 3600_000);
  expect(await lookUp()).toEqual([]);
  expect(job.deadLetters).toEqual([]);
});
