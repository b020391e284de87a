import { describe, expect, test } from 'vitest';
import { lookup, transition } from '../../support/transitions.ts';
import {
  deadlineSeconds,
  evidenceOf,
  failingResult,
  invalid,
  jobsUnderTest,
  requestedAt,
  resultName,
  resultWith,
  transient,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();
type Job = Awaited<ReturnType<typeof underTest>>;

/** Makes the next writes to the table throw this error. Reads succeed. */
function failWrites(job: Job, times: number, error: () => unknown) {
  const { write } = job.verifications;
  let left = times;
  job.verifications.write = async (...given) => {
    if (left-- > 0) throw error();
    return write(...given);
  };
}

const serverError = () => Object.assign(new Error('a foreign message'), { name: 'InternalServerError' });
const ourBug = () => new TypeError('cannot read a name of somebody');

const faults = [
  ['a fault of DynamoDB', serverError],
  ['a bug of ours', ourBug],
] as const;

describe.each(faults)('%s', (what, error) => {
  test(`a job whose commit fails (${what}) is logged, and commits in the next try`, async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));
    failWrites(job, 1, error);

    // Act
    const first = await job.receive();
    const second = await job.receive({ receives: 2 });

    // Assess
    expect([first, second]).toEqual([['the-message'], []]);
    expect(job.retries).toEqual([['the-receipt', 1]]);
    expect(job.telemetry.lines).toContainEqual([
      'error',
      'evidence not committed',
      { verificationId: job.verificationId, sequence: 1, kind: 'transient' },
    ]);
    expect(job.telemetry.counts.JobFaults).toBe(1);
    expect(await job.state()).toMatchObject({ sequence: 2, type: 'idv.evidence.archived.v1' });
  });

  test(`a job whose commit fails (${what}) is given up after the provider's deadline`, async () => {
    // Prepare: make the commit fail, but not the write that gives the job up.
    const job = await underTest();
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));
    failWrites(job, 1, error);

    // Act
    const left = await job.receive({ receives: 700 });

    // Assess
    expect(left).toEqual([]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'transient' }]);
    expect(await job.state()).toMatchObject({
      type: 'idv.evidence.failed.v1',
      evidence: { reason: 'transient', artifacts: [{ name: resultName }, { name: 'ident.json' }] },
    });
  });

  test(`a job that must be given up is given up in the next try if the write fails (${what})`, async () => {
    // Prepare
    const job = await underTest();
    job.result = failingResult(invalid);
    failWrites(job, 1, error);

    // Act
    const first = await job.receive();
    const second = await job.receive({ receives: 2 });

    // Assess
    expect([first, second]).toEqual([['the-message'], []]);
    expect(job.retries).toEqual([['the-receipt', 1]]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'invalid' }]);
    expect(await job.state()).toMatchObject({ sequence: 2, type: 'idv.evidence.failed.v1' });
  });
});

test('an unverified statement is applied in the next try if the write of the first try fails', async () => {
  // Prepare
  const job = await underTest();
  await job.deliver(
    transition('SUCCESS', { verificationId: job.verificationId, origin: lookup(1), fingerprint: 'f' }),
  );
  job.result = failingResult(invalid);
  const statement = { ...declined, rank: 60, occurredAt: null };
  const onNothing = { kind: 'apply', fingerprint: 'a callback', statement };
  const message = JSON.stringify({ ...JSON.parse(job.body), sequence: 2, onNothing });
  failWrites(job, 1, serverError);

  // Act
  const first = await job.receive({ message });
  const second = await job.receive({ message, receives: 2 });

  // Assess
  expect([first, second]).toEqual([['the-message'], []]);
  expect(job.retries).toEqual([['the-receipt', 1]]);
  expect(await job.state()).toMatchObject({ type: 'idv.evidence.failed.v1', providerStatus: 'KO' });
});

const declined = {
  phase: 'completed',
  outcome: 'declined',
  finality: 'final',
  flags: [],
  reasons: [],
  providerStatus: 'KO',
};

test('a job that fails and cannot be recorded as given up becomes a dead letter a day after its deadline', async () => {
  // Prepare
  const job = await underTest();
  job.result = failingResult(transient);
  failWrites(job, Number.POSITIVE_INFINITY, ourBug);
  const day = 24 * 3600 * 1000;

  // Act
  job.clock.now = new Date(requestedAt + deadlineSeconds * 1000 + day - 1000);
  const before = await job.receive({ receives: 800 });
  job.clock.now = new Date(requestedAt + deadlineSeconds * 1000 + day);
  const after = await job.receive({ receives: 801 });

  // Assess
  expect([before, after]).toEqual([['the-message'], []]);
  expect(job.retries).toEqual([['the-receipt', 900]]);
  expect(job.deadLetters).toEqual([{ body: job.body, reason: 'transient' }]);
});

test('a comparison job that fails because of our own bug is retried', async () => {
  // Prepare
  const job = await underTest();
  job.result = { fetchResult: () => Promise.reject(ourBug()) };
  // The write that defers this comparison to a later try fails too.
  failWrites(job, 1, serverError);

  // Act
  const left = await job.receive({ message: job.toCompare, receives: 3 });

  // Assess
  expect(left).toEqual(['the-message']);
  expect(job.retries).toEqual([['the-receipt', 4]]);
});

test('a message stays on its queue while the dead-letter queue fails, even if it is no job', async () => {
  // Prepare
  const job = await underTest();
  job.deadLettersFail = true;
  job.result = failingResult(invalid);

  // Act
  const left = [await job.receive({ receives: 2 }), await job.receive({ message: 'no job', receives: 4 })];

  // Assess
  expect(left).toEqual([['the-message'], ['the-message']]);
  expect(job.retries).toEqual([
    ['the-receipt', 2],
    ['the-receipt', 8],
  ]);
});

test('if two calls in turn fail to hide a message on its queue, the failure is logged', async () => {
  // Prepare
  const job = await underTest();
  job.result = failingResult(transient);
  job.hidingFails = 1;
  const once = await job.receive();
  job.hidingFails = 2;

  // Act
  const twice = await job.receive({ receives: 2 });

  // Assess
  expect([once, twice]).toEqual([['the-message'], ['the-message']]);
  expect(job.retries).toEqual([['the-receipt', 1]]);
  expect(job.telemetry.lines).toContainEqual([
    'error',
    'job not hidden: it comes back after the visibility time-out',
    { messageId: 'the-message' },
  ]);
});
