import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../local/simulators/datakeen/make-session.ts';
import type { Conclusion, ReadZip } from '../../../shared/contract/evidence-source.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { fetchAndConclude } from '../conclude.ts';
import { patient, simulated } from './api-under-test.ts';
import { job, sessionId } from './fixtures.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const readNoZip: ReadZip = () => expect.unreachable('there is no ZIP');
const findingsOf = (conclusion: Conclusion) => conclusion.findings(readNoZip);
const bytesOf = (result: unknown) => Buffer.from(JSON.stringify(result));

describe('the evidence of a Datakeen session', () => {
  test('the fetched result is the response of the API, byte for byte', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    const state = makeSession({ sessionId });
    api.datakeen.put(state);
    // Act
    const bytes = await api.evidence().fetchResult(job(), patient());
    // Assess: the simulator indents its JSON, unlike a program that writes the JSON again.
    expect(Buffer.from(bytes).toString()).toBe(`${JSON.stringify(state.result, null, 2)}\n`);
  });

  test('the archive holds the result alone', async () => {
    await using api = await simulated(dynamodb);
    const source = api.evidence();
    expect([source.resultName, source.contentType]).toEqual(['session.json', 'application/json']);
    const { artifacts, reference } = source.conclude(job(), bytesOf(makeSession({ sessionId }).result));
    expect([artifacts, reference]).toEqual([[], null]);
  });

  test('a result decides, and both the decision and the archive say who the person is', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    const conclusion = await fetchAndConclude(api.evidence(), job({ providerStatus: 'user_approved' }));
    expect(conclusion.transition).toMatchObject({ outcome: 'approved', providerStatus: 'user_approved' });
    expect(conclusion.transition?.findings.claims).toMatchObject({ family_name: 'SPECIMEN' });
    expect(await findingsOf(conclusion)).toEqual(conclusion.transition?.findings);
  });

  test('a result without a verdict decides nothing, and its findings are archived', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId, documents: ['other'] }));
    const conclusion = await fetchAndConclude(api.evidence(), job());
    expect(conclusion.transition).toMatchObject({ outcome: 'error', origin: { effect: 'revise' } });
    expect(await findingsOf(conclusion)).toMatchObject({ claims: {}, documents: [{ type: 'other' }] });
  });

  test('a session that is not finished is not ready', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId, finished: false }));
    for (const providerStatus of ['', 'ai_approved', 'user_approved']) {
      const fetching = api.evidence().fetchResult(job({ providerStatus }), patient());
      await expect(fetching).rejects.toMatchObject({ kind: 'not_ready' });
    }
    expect(api.waits, 'the job is retried, not the call').toEqual([]);
  });

  describe('a result that looks incomplete', () => {
    const incomplete = {
      status: 200,
      data: {
        analysis_id: 'a-1',
        job_status: { predictions: [{ results: { documents: [], controls: {} } }] },
      },
    };
    // A later version of the API may have its result anywhere.
    const elsewhere = { status: 200, session: { state: 'done' } };
    const day = 24 * 3600 * 1000;

    test.each([
      { shape: 'known', providerStatus: 'ai_approved', result: incomplete, duration: '30 s', ms: 30_000 },
      { shape: 'known', providerStatus: '', result: incomplete, duration: '2 days', ms: 2 * day },
      { shape: 'unknown', providerStatus: 'user_rejected', result: elsewhere, duration: '30 s', ms: 30_000 },
      { shape: 'unknown', providerStatus: '', result: elsewhere, duration: '2 days', ms: 2 * day },
    ])(
      'an incomplete result of $shape shape is not ready for $duration with the provider status "$providerStatus"',
      async ({ providerStatus, result, ms }) => {
        // Prepare
        await using api = await simulated(dynamodb);
        api.datakeen.put({ sessionId, result });
        const conclude = () => fetchAndConclude(api.evidence(), job({ providerStatus }));
        // Act
        api.clock.now += ms - 1;
        const early = conclude();
        // Assess
        await expect(early).rejects.toMatchObject({
          kind: 'not_ready',
          message: 'GET session: answered an incomplete result',
        });
        api.clock.now += 1;
        const { transition } = await conclude();
        expect(transition?.providerStatus).toBe(providerStatus === '' ? undefined : providerStatus);
      },
    );

    test('an archived incomplete result is used as it is', async () => {
      await using api = await simulated(dynamodb);
      expect(api.evidence().conclude(job(), bytesOf(incomplete))).toMatchObject({ transition: null });
    });
  });

  test('only the provider status decides if a stage trusts the URL of the back office', async () => {
    // Prepare
    await using api = await simulated(dynamodb, { newStatusFrom: { reference: 'back-office' } });
    api.datakeen.put(makeSession({ sessionId }));
    const evidence = api.evidence();
    // Act
    const withoutStatus = await fetchAndConclude(evidence, job());
    const withStatus = await fetchAndConclude(evidence, job({ providerStatus: 'ai_rejected' }));
    // Assess
    expect(withoutStatus.transition).toBeNull();
    expect(withStatus.transition).toMatchObject({ outcome: 'declined', providerStatus: 'ai_rejected' });
  });

  test('the controls decide if a stage trusts `newStatus` from no URL', async () => {
    await using api = await simulated(dynamodb, { newStatusFrom: 'no-url' });
    api.datakeen.put(makeSession({ sessionId }));
    const { transition } = await fetchAndConclude(api.evidence(), job());
    expect(transition).toMatchObject({ outcome: 'approved', providerStatus: '', rank: 35 });
  });

  test('a result with 20,000 nested lists decides', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    const { result } = makeSession({ sessionId });
    const body = `{"nested":${'['.repeat(20_000)}${']'.repeat(20_000)},${JSON.stringify(result).slice(1)}`;
    api.datakeen.failNext('session', { status: 200, body });
    // Act
    const { transition } = await fetchAndConclude(api.evidence(), job());
    // Assess
    expect(transition?.outcome).toBe('approved');
  });

  test('a session that Datakeen does not know is not found, whatever the provider status', async () => {
    await using api = await simulated(dynamodb);
    for (const providerStatus of ['', 'user_approved']) {
      const fetching = api.evidence().fetchResult(job({ providerStatus }), patient());
      await expect(fetching).rejects.toMatchObject({ kind: 'not_found' });
    }
  });

  test('the id of a session is encoded in the URL', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId: 'a/b?c' }));
    const verificationId = 'datakeen:a%2Fb%3Fc';
    expect(await fetchAndConclude(api.evidence(), job({ verificationId }))).toMatchObject({
      transition: { outcome: 'approved' },
    });
  });

  test('an archived result is read without a call to Datakeen', async () => {
    await using api = await simulated(dynamodb);
    const { transition } = api.evidence().conclude(job(), bytesOf(makeSession({ sessionId }).result));
    expect(transition).toMatchObject({ outcome: 'approved' });
    expect(api.datakeen.requests).toMatchObject({ login: 0, session: 0 });
  });

  test.each([
    { failures: 4, status: 404, end: 'is fetched', kind: null },
    { failures: 5, status: 410, end: 'is gone', kind: 'gone' },
    { failures: 5, status: 404, end: 'is not found', kind: 'not_found' },
  ])('a session that answers $status $failures times $end', async ({ failures, status, kind }) => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    api.datakeen.failNext('session', { status, times: failures });
    // Act
    const [fetched] = await Promise.allSettled([api.evidence().fetchResult(job(), patient())]);
    // Assess
    expect(fetched.status === 'rejected' ? fetched.reason.kind : null).toBe(kind);
    expect(api.waits).toEqual([1000, 2000, 4000, 8000]);
    expect(api.datakeen.requests.session).toBe(5);
  });

  describe('the comparison of two Datakeen results', () => {
    const before = makeSession({ sessionId }).result;
    const results = { sequence: 1, archived: bytesOf(before), current: bytesOf(before) };

    test('results that differ only in a field without meaning are the same', async () => {
      await using api = await simulated(dynamodb);
      const current = bytesOf({ ...before, askedAt: '2026-11-22T10:20:00Z' });
      expect(api.evidence().compare?.(job(), { ...results, current })).toBeNull();
      expect(api.datakeen.requests.session).toBe(0);
    });

    test.each([
      ['one more document', makeSession({ sessionId, documents: ['id-card', 'other', 'passport'] })],
      ['another verdict', makeSession({ sessionId, globalStatus: false })],
    ])('a result with %s is a hint that requests a new archive', async (_what, { result }) => {
      await using api = await simulated(dynamodb);
      const source = api.evidence();
      const changed = { ...results, current: bytesOf(result) };
      const found = source.compare?.(job(), changed);
      expect(found).toMatchObject({
        verificationId: `datakeen:${sessionId}`,
        phase: 'submitted',
        outcome: null,
        providerStatus: '',
        reference: null,
        origin: { kind: 'hint', onRepeat: 'ignore' },
        findings: { claims: {}, documents: [] },
      });
      const again = source.compare?.(job({ sequence: 9 }), changed);
      expect(again?.fingerprint, 'for the same archive').toBe(found?.fingerprint);
      const later = source.compare?.(job(), { ...changed, sequence: 5 });
      expect(later?.fingerprint, 'for another archive').not.toBe(found?.fingerprint);
    });

    test('a result without an archived result is a hint that requests an archive', async () => {
      await using api = await simulated(dynamodb);
      const compare = () => api.evidence().compare?.(job(), { ...results, archived: null });
      expect(compare()).toMatchObject({ origin: { kind: 'hint' }, providerStatus: '' });
      expect(compare()?.fingerprint, 'the same hint').toBe(compare()?.fingerprint);
    });
  });

  test('jobs are retried for three days', async () => {
    await using api = await simulated(dynamodb);
    expect(api.evidence().deadlineSeconds).toBe(3 * 24 * 3600);
  });
});
