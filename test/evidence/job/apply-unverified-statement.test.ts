import { describe, expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { at, statementWithEvidence, transition } from '../../support/transitions.ts';
import {
  deadlineSeconds,
  evidenceOf,
  invalid,
  jobsUnderTest,
  requestedAt,
  transient,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('a word that takes an approval back, and that a job was to look up,', () => {
  /** An approval that was fetched, and the job of a callback against it. */
  const contested = async () => {
    const job = await underTest();
    const approval = transition('SUCCESS', { verificationId: job.verificationId });
    job.fetch = async () => ({
      ...evidenceOf({ 'report.json': 'abc' }),
      transition: approval,
      outcome: 'approved',
    });
    await job.receive();
    await job.deliver(
      transition('FRAUD_SUSPICION_CONFIRMED', {
        verificationId: job.verificationId,
        origin: statementWithEvidence,
      }),
    );
    const [lookup] = (await job.state()).jobs;
    expect(lookup).toMatchObject({
      sequence: 3,
      onNothing: { kind: 'apply', statement: { outcome: 'declined' } },
    });
    return { job, approval, message: JSON.stringify(lookup) };
  };
  const gone = () => Promise.reject(new EvidenceError('gone', 'GET report: answered 404'));

  test('counts where it cannot be looked up', async () => {
    const { job, message } = await contested();
    job.fetch = gone;
    await job.receive({ message });
    expect(await job.state()).toMatchObject({
      sequence: 5,
      type: 'idv.evidence.failed.v1',
      providerStatus: 'FRAUD_SUSPICION_CONFIRMED',
    });
  });

  test('counts where what is found says nothing that we know', async () => {
    // Prepare
    const { job, message } = await contested();
    job.fetch = async () => ({ ...evidenceOf({ 'report.json': 'abc' }), outcome: null });
    // Act
    await job.receive({ message });
    // Assess
    expect(await job.state()).toMatchObject({
      sequence: 5,
      type: 'idv.evidence.archived.v1',
      providerStatus: 'FRAUD_SUSPICION_CONFIRMED',
    });
  });

  test('does not count where what is found is an approval of an earlier time', async () => {
    // Prepare
    const { job, approval, message } = await contested();
    job.fetch = async () => ({
      ...evidenceOf({ 'report.json': 'abc' }),
      transition: { ...approval, fingerprint: 'of before', occurredAt: at(5) },
      outcome: 'approved',
    });
    // Act
    await job.receive({ message });
    // Assess
    expect(job.telemetry.counts).toMatchObject({ ResultsStale: 1 });
    expect(await job.state()).toMatchObject({ type: 'idv.evidence.archived.v1', providerStatus: 'SUCCESS' });
  });

  test.each(['and archived', 'though the job is given up for want of something else'])(
    'does not count where the approval is found again, %s',
    async (how) => {
      // Prepare
      const { job, approval, message } = await contested();
      job.fetch = async () => ({
        ...evidenceOf({ 'report.json': 'abc', ...(how === 'and archived' ? {} : { 'report.pdf': invalid }) }),
        transition: { ...approval, fingerprint: 'found again' },
        outcome: 'approved',
      });
      // Act
      await job.receive({ message });
      // Assess
      const type = how === 'and archived' ? 'idv.evidence.archived.v1' : 'idv.evidence.failed.v1';
      expect(await job.state()).toMatchObject({ type, providerStatus: 'SUCCESS' });
    },
  );

  test('does not count where a try before has found the approval, and the last one cannot read the bucket', async () => {
    // Prepare: a file that cannot be had for now holds the job open until the deadline.
    const { job, approval, message } = await contested();
    job.fetch = async (signal, keep) => {
      await keep('report.json', 'application/json', async () => Buffer.from('abc'), signal);
      return {
        ...evidenceOf({ 'report.json': 'abc', video: transient }, { optional: ['video'] }),
        transition: { ...approval, fingerprint: 'found again' },
        outcome: 'approved',
      };
    };
    expect(await job.receive({ message })).toEqual(['the-message']);
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.archive.failReads = true;
    // Act
    await job.receive({ message, receives: 300 });
    // Assess
    expect(await job.state()).toMatchObject({ type: 'idv.evidence.failed.v1', providerStatus: 'SUCCESS' });
  });
});
