import { describe, expect, test } from 'vitest';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { at, statementWithEvidence, transition } from '../../support/transitions.ts';
import {
  deadlineSeconds,
  evidenceOf,
  invalid,
  jobsUnderTest,
  requestedAt,
  resultWith,
  transient,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('a statement that takes back an approval, while its lookup is pending', () => {
  const approved = { ...evidenceOf({}), outcome: 'approved' } as const;

  /** Creates a case that a lookup approved, and the job that checks a statement against this approval. */
  const contested = async () => {
    const job = await underTest();
    const approval = transition('SUCCESS', { verificationId: job.verificationId });
    job.result = resultWith(approval, approved);
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

  test('a statement against an approval applies if the result can no longer be fetched', async () => {
    // Prepare
    const { job, message } = await contested();
    const gone = new EvidenceError('gone', 'GET report: answered 404');
    job.result = { fetchResult: () => Promise.reject(gone) };
    // Act
    await job.receive({ message });
    // Assess
    expect(await job.state()).toMatchObject({
      sequence: 5,
      type: 'idv.evidence.failed.v1',
      providerStatus: 'FRAUD_SUSPICION_CONFIRMED',
    });
  });

  test('a statement against an approval applies if the fetched result has no outcome that we know', async () => {
    // Prepare
    const { job, message } = await contested();
    job.result = resultWith(null, { ...evidenceOf({}), outcome: null });
    // Act
    await job.receive({ message });
    // Assess
    expect(await job.state()).toMatchObject({
      sequence: 5,
      type: 'idv.evidence.archived.v1',
      providerStatus: 'FRAUD_SUSPICION_CONFIRMED',
    });
  });

  test('a statement against an approval does not apply if the fetched result is an older approval', async () => {
    // Prepare
    const { job, approval, message } = await contested();
    job.result = resultWith({ ...approval, fingerprint: 'older', occurredAt: at(5) }, approved);
    // Act
    await job.receive({ message });
    // Assess
    expect(job.telemetry.counts).toMatchObject({ ResultsStale: 1 });
    expect(await job.state()).toMatchObject({ type: 'idv.evidence.archived.v1', providerStatus: 'SUCCESS' });
  });

  test.each([
    {
      title: 'all files are archived',
      files: {},
      type: 'idv.evidence.archived.v1',
    },
    {
      title: 'a required file is lost',
      files: { 'report.pdf': invalid },
      type: 'idv.evidence.failed.v1',
    },
  ])(
    'a statement against an approval does not apply if the approval is fetched again: $title',
    async ({ files, type }) => {
      // Prepare
      const { job, approval, message } = await contested();
      const evidence = { ...evidenceOf(files), outcome: 'approved' } as const;
      job.result = resultWith({ ...approval, fingerprint: 'fetched again' }, evidence);
      // Act
      await job.receive({ message });
      // Assess
      expect(await job.state()).toMatchObject({ type, providerStatus: 'SUCCESS' });
    },
  );

  test('a statement against an approval does not apply if the last try cannot read an archived approval', async () => {
    // Prepare: keep the job open until its deadline, because one of its files cannot be fetched yet.
    const { job, approval, message } = await contested();
    const files = evidenceOf({ video: transient }, { optional: ['video'] });
    job.result = resultWith({ ...approval, fingerprint: 'fetched again' }, { ...files, outcome: 'approved' });
    expect(await job.receive({ message })).toEqual(['the-message']);
    job.clock.now = new Date(requestedAt + deadlineSeconds * 1000);
    job.store.failReads = true;
    // Act
    await job.receive({ message, receives: 300 });
    // Assess
    expect(await job.state()).toMatchObject({ type: 'idv.evidence.failed.v1', providerStatus: 'SUCCESS' });
  });
});
