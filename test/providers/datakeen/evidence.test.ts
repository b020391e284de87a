import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../local/simulators/datakeen/make-session.ts';
import type { ArchivedEvidence, FetchedEvidence } from '../../../shared/contract/evidence-source.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { archived, kept } from '../archived.ts';
import { patient, simulated } from './api-under-test.ts';
import { job, sessionId } from './fixtures.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const notLookedInto: ArchivedEvidence = {
  zipFiles: () => expect.unreachable('there is no ZIP'),
};
const findingsOf = (fetched: FetchedEvidence) => fetched.findings(notLookedInto);

describe('the evidence of a session', () => {
  test('the archived session has the bytes of the answer', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    const state = makeSession({ sessionId });
    api.datakeen.put(state);
    // Act
    const { artifacts, reference } = await api.evidence().fetch(job(), kept(), patient());
    // Assess
    expect(artifacts).toMatchObject([
      { name: 'session.json', contentType: 'application/json', required: true, unpack: false },
    ]);
    const download = await artifacts[0]?.open(patient());
    const bytes = await buffer(Readable.from(download?.body ?? []));
    // The simulator indents its JSON. JSON that is parsed and written again would not be indented.
    expect(bytes.toString()).toBe(`${JSON.stringify(state.result, null, 2)}\n`);
    expect(download?.length).toBe(bytes.length);
    expect(reference).toBeNull();
  });

  test('a fetched session decides, and both the transition and the findings have the claims', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    const fetched = await api.evidence().fetch(job({ providerStatus: 'user_approved' }), kept(), patient());
    expect(fetched.transition).toMatchObject({ outcome: 'approved', providerStatus: 'user_approved' });
    expect(fetched.transition?.findings.claims).toMatchObject({ family_name: 'SPECIMEN' });
    expect(await findingsOf(fetched)).toEqual(fetched.transition?.findings);
  });

  test('a session without a verdict decides nothing, but its findings have the data', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId, documents: ['other'] }));
    const fetched = await api.evidence().fetch(job(), kept(), patient());
    expect(fetched.transition).toMatchObject({ outcome: 'error', origin: { effect: 'revise' } });
    expect(await findingsOf(fetched)).toMatchObject({ claims: {}, documents: [{ type: 'other' }] });
  });

  test('a session that is not finished fails as not_ready', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId, finished: false }));
    for (const providerStatus of ['', 'ai_approved', 'user_approved']) {
      await expect(api.evidence().fetch(job({ providerStatus }), kept(), patient())).rejects.toMatchObject({
        kind: 'not_ready',
      });
    }
    expect(api.waits, 'the job is asked again, not the API').toEqual([]);
  });

  describe('an incomplete session', () => {
    const incomplete = {
      status: 200,
      data: {
        analysis_id: 'a-1',
        job_status: { predictions: [{ results: { documents: [], controls: {} } }] },
      },
    };
    // Another version of the API may have the result elsewhere.
    const elsewhere = { status: 200, session: { state: 'done' } };
    const day = 24 * 3600 * 1000;

    test.each([
      { title: 'and a status', providerStatus: 'ai_approved', result: incomplete, ms: 30_000 },
      { title: 'and no status', providerStatus: '', result: incomplete, ms: 2 * day },
      {
        title: 'in another shape and a status',
        providerStatus: 'user_rejected',
        result: elsewhere,
        ms: 30_000,
      },
      { title: 'in another shape and no status', providerStatus: '', result: elsewhere, ms: 2 * day },
    ])(
      'an incomplete result $title is requested again for $ms ms, then archived',
      async ({ providerStatus, result, ms }) => {
        // Prepare
        await using api = await simulated(dynamodb);
        api.datakeen.put({ sessionId, result });
        const asked = () => api.evidence().fetch(job({ providerStatus }), kept(), patient());
        // Act
        api.clock.now += ms - 1;
        const early = asked();
        // Assess
        await expect(early).rejects.toMatchObject({
          kind: 'not_ready',
          message: 'GET session: answered an incomplete result',
        });
        api.clock.now += 1;
        const { transition, artifacts } = await asked();
        expect(transition?.providerStatus).toBe(providerStatus === '' ? undefined : providerStatus);
        expect(artifacts).toHaveLength(1);
      },
    );

    test('an incomplete result that an earlier try has archived is used', async () => {
      await using api = await simulated(dynamodb);
      const stored = kept({ 'session.json': JSON.stringify(incomplete) });
      const { artifacts } = await api.evidence().fetch(job(), stored, patient());
      expect(artifacts).toHaveLength(1);
    });
  });

  test('only the status decides if the back office sends it', async () => {
    // Prepare
    await using api = await simulated(dynamodb, { newStatusFrom: { reference: 'back-office' } });
    api.datakeen.put(makeSession({ sessionId }));
    const evidence = api.evidence();
    // Act
    const withoutStatus = await evidence.fetch(job(), kept(), patient());
    const withStatus = await evidence.fetch(job({ providerStatus: 'ai_rejected' }), kept(), patient());
    // Assess
    expect(withoutStatus.transition).toBeNull();
    expect(withoutStatus.artifacts).toHaveLength(1);
    expect(withStatus.transition).toMatchObject({ outcome: 'declined', providerStatus: 'ai_rejected' });
  });

  test('the controls decide if no URL is trusted', async () => {
    await using api = await simulated(dynamodb, { newStatusFrom: 'no-url' });
    api.datakeen.put(makeSession({ sessionId }));
    const { transition } = await api.evidence().fetch(job(), kept(), patient());
    expect(transition).toMatchObject({ outcome: 'approved', providerStatus: '', rank: 35 });
  });

  test('a session that is nested too deeply for our readers is archived, and decides', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    const { result } = makeSession({ sessionId });
    const bytes = `{"nested":${'['.repeat(20_000)}${']'.repeat(20_000)},${JSON.stringify(result).slice(1)}`;
    api.datakeen.failNext('session', { status: 200, body: bytes });
    // Act
    const { transition, artifacts } = await api.evidence().fetch(job(), kept(), patient());
    // Assess
    expect(transition?.outcome).toBe('approved');
    expect((await artifacts[0]?.open(patient()))?.length).toBe(Buffer.byteLength(bytes));
  });

  test('a session that Datakeen does not know fails as not_found, whatever the status of the webhook', async () => {
    await using api = await simulated(dynamodb);
    for (const providerStatus of ['', 'user_approved']) {
      await expect(api.evidence().fetch(job({ providerStatus }), kept(), patient())).rejects.toMatchObject({
        kind: 'not_found',
      });
    }
  });

  test('the request contains the encoded id of the session', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId: 'a/b?c' }));
    const verificationId = 'datakeen:a%2Fb%3Fc';
    const { artifacts } = await api.evidence().fetch(job({ verificationId }), kept(), patient());
    expect(artifacts).toHaveLength(1);
  });

  test('the result of an earlier try is used, even if Datakeen has deleted the session', async () => {
    await using api = await simulated(dynamodb);
    const stored = JSON.stringify(makeSession({ sessionId }).result);
    const { transition, artifacts } = await api
      .evidence()
      .fetch(job(), kept({ 'session.json': stored }), patient());
    expect(transition, 'that try may not have come to record it').toMatchObject({ outcome: 'approved' });
    const download = await artifacts[0]?.open(patient());
    expect((await buffer(Readable.from(download?.body ?? []))).toString()).toBe(stored);
    expect(api.datakeen.requests).toMatchObject({ login: 0, session: 0 });
  });

  test.each([
    { bad: 4, status: 404, becomes: 'a result', kind: null },
    { bad: 5, status: 410, becomes: 'gone', kind: 'gone' },
    { bad: 5, status: 404, becomes: 'not_found', kind: 'not_found' },
  ])('after $bad answers of $status, the fetch ends with: $becomes', async ({ bad, status, kind }) => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    api.datakeen.failNext('session', { status, times: bad });
    // Act
    const [fetched] = await Promise.allSettled([api.evidence().fetch(job(), kept(), patient())]);
    // Assess
    expect(fetched.status === 'rejected' ? fetched.reason.kind : null).toBe(kind);
    expect(api.waits).toEqual([1000, 2000, 4000, 8000]);
    expect(api.datakeen.requests.session).toBe(5);
  });

  describe('compare', () => {
    const before = makeSession({ sessionId });
    const last = { sequence: 1, read: archived({ 'session.json': JSON.stringify(before.result) }) };

    test('results with equal findings are the same, even if their bytes differ', async () => {
      await using api = await simulated(dynamodb);
      const { result, ...state } = before;
      api.datakeen.put({ ...state, result: { ...result, askedAt: '2026-11-22T10:20:00Z' } });
      expect(await api.evidence().compare?.(job(), last, patient())).toBeNull();
      expect(api.datakeen.requests.session).toBe(1);
    });

    test.each([
      ['another document', makeSession({ sessionId, documents: ['id-card', 'other', 'passport'] })],
      ['another verdict', makeSession({ sessionId, globalStatus: false })],
    ])('a result with %s becomes a hint, like a webhook without a status', async (_what, state) => {
      await using api = await simulated(dynamodb);
      api.datakeen.put(state);
      const changed = await api.evidence().compare?.(job(), last, patient());
      expect(changed).toMatchObject({
        verificationId: `datakeen:${sessionId}`,
        phase: 'submitted',
        outcome: null,
        providerStatus: '',
        reference: null,
        origin: { kind: 'hint', onRepeat: 'ignore' },
        findings: { claims: {}, documents: [] },
      });
      const again = await api.evidence().compare?.(job({ sequence: 9 }), last, patient());
      expect(again?.fingerprint, 'the same finding').toBe(changed?.fingerprint);
      const later = await api.evidence().compare?.(job(), { ...last, sequence: 5 }, patient());
      expect(later?.fingerprint, 'after another archive').not.toBe(changed?.fingerprint);
    });

    test('a result that is unfinished or incomplete is requested again before it is compared', async () => {
      await using api = await simulated(dynamodb);
      api.datakeen.put(makeSession({ sessionId, finished: false }));
      await expect(api.evidence().compare?.(job(), last, patient())).rejects.toMatchObject({
        kind: 'not_ready',
      });
    });

    test.each([
      ['no result was archived', { sequence: 1, read: null }],
      ['the archived result is missing', { sequence: 1, read: archived() }],
    ])('a result becomes a hint if %s', async (_what, none) => {
      // Prepare
      await using api = await simulated(dynamodb);
      const compare = () => api.evidence().compare?.(job(), none, patient());
      await expect(compare()).rejects.toMatchObject({ kind: 'not_found' });
      api.datakeen.put(before);
      // Act
      const found = await compare();
      // Assess
      expect(found).toMatchObject({ origin: { kind: 'hint' }, providerStatus: '' });
      expect((await compare())?.fingerprint, 'the same finding').toBe(found?.fingerprint);
      const changed = await api.evidence().compare?.(job(), last, patient());
      expect(changed, 'not after it has been archived').toBeNull();
    });
  });

  test('a job of Datakeen is tried for three days', async () => {
    await using api = await simulated(dynamodb);
    expect(api.evidence().deadlineSeconds).toBe(3 * 24 * 3600);
  });
});
