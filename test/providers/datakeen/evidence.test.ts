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
  test('is what the API answered, byte for byte', async () => {
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
    // The simulator indents, as nobody does who writes JSON anew.
    expect(bytes.toString()).toBe(`${JSON.stringify(state.result, null, 2)}\n`);
    expect(download?.length).toBe(bytes.length);
    expect(reference).toBeNull();
  });

  test('decides, and tells who the person is with the decision and with the archive', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId }));
    const fetched = await api.evidence().fetch(job({ providerStatus: 'user_approved' }), kept(), patient());
    expect(fetched.transition).toMatchObject({ outcome: 'approved', providerStatus: 'user_approved' });
    expect(fetched.transition?.findings.claims).toMatchObject({ family_name: 'SPECIMEN' });
    expect(await findingsOf(fetched)).toEqual(fetched.transition?.findings);
  });

  test('without a verdict decides nothing, and shows what was read all the same', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId, documents: ['other'] }));
    const fetched = await api.evidence().fetch(job(), kept(), patient());
    expect(fetched.transition).toMatchObject({ outcome: 'error', origin: { effect: 'revise' } });
    expect(await findingsOf(fetched)).toMatchObject({ claims: {}, documents: [{ type: 'other' }] });
  });

  test('is not ready before the session is finished', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId, finished: false }));
    for (const providerStatus of ['', 'ai_approved', 'user_approved']) {
      await expect(api.evidence().fetch(job({ providerStatus }), kept(), patient())).rejects.toMatchObject({
        kind: 'not_ready',
      });
    }
    expect(api.waits, 'the job is asked again, not the API').toEqual([]);
  });

  describe('that looks incomplete', () => {
    const incomplete = {
      status: 200,
      data: {
        analysis_id: 'a-1',
        job_status: { predictions: [{ results: { documents: [], controls: {} } }] },
      },
    };
    // The result of a later version of the API may be anywhere.
    const elsewhere = { status: 200, session: { state: 'done' } };
    const day = 24 * 3600 * 1000;

    test.each([
      { title: 'a word is waited for half a minute', word: 'ai_approved', result: incomplete, ms: 30_000 },
      { title: 'no word is waited for two days', word: '', result: incomplete, ms: 2 * day },
      { title: 'a word and another shape', word: 'user_rejected', result: elsewhere, ms: 30_000 },
      { title: 'no word and another shape', word: '', result: elsewhere, ms: 2 * day },
    ])('with $title, then taken as it is', async ({ word, result, ms }) => {
      // Prepare
      await using api = await simulated(dynamodb);
      api.datakeen.put({ sessionId, result });
      const asked = () => api.evidence().fetch(job({ providerStatus: word }), kept(), patient());
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
      expect(transition?.providerStatus).toBe(word === '' ? undefined : word);
      expect(artifacts).toHaveLength(1);
    });

    test('is taken as it is where an earlier try has archived it', async () => {
      await using api = await simulated(dynamodb);
      const stored = kept({ 'session.json': JSON.stringify(incomplete) });
      const { artifacts } = await api.evidence().fetch(job(), stored, patient());
      expect(artifacts).toHaveLength(1);
    });
  });

  test('decides by its word alone where the back office tells it', async () => {
    // Prepare
    await using api = await simulated(dynamodb, { newStatusFrom: { reference: 'back-office' } });
    api.datakeen.put(makeSession({ sessionId }));
    const evidence = api.evidence();
    // Act
    const over = await evidence.fetch(job(), kept(), patient());
    const said = await evidence.fetch(job({ providerStatus: 'ai_rejected' }), kept(), patient());
    // Assess
    expect(over.transition).toBeNull();
    expect(over.artifacts).toHaveLength(1);
    expect(said.transition).toMatchObject({ outcome: 'declined', providerStatus: 'ai_rejected' });
  });

  test('decides by its controls where no URL tells', async () => {
    await using api = await simulated(dynamodb, { newStatusFrom: 'no-url' });
    api.datakeen.put(makeSession({ sessionId }));
    const { transition } = await api.evidence().fetch(job(), kept(), patient());
    expect(transition).toMatchObject({ outcome: 'approved', providerStatus: '', rank: 35 });
  });

  test('nested too deep for our own readers is archived, and decides, all the same', async () => {
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

  test('is none of a session that Datakeen does not know, whatever the webhook said', async () => {
    await using api = await simulated(dynamodb);
    for (const providerStatus of ['', 'user_approved']) {
      await expect(api.evidence().fetch(job({ providerStatus }), kept(), patient())).rejects.toMatchObject({
        kind: 'not_found',
      });
    }
  });

  test('is asked for by the id alone, encoded', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeSession({ sessionId: 'a/b?c' }));
    const verificationId = 'datakeen:a%2Fb%3Fc';
    const { artifacts } = await api.evidence().fetch(job({ verificationId }), kept(), patient());
    expect(artifacts).toHaveLength(1);
  });

  test('is what an earlier try has archived, also where Datakeen has purged the session', async () => {
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
    { bad: 4, status: 404, becomes: 'had', kind: null },
    { bad: 5, status: 410, becomes: 'given up', kind: 'gone' },
    { bad: 5, status: 404, becomes: 'given up', kind: 'not_found' },
  ])('after $bad answers of $status is $becomes', async ({ bad, status, kind }) => {
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

  describe('compared with what was archived', () => {
    const before = makeSession({ sessionId });
    const last = { sequence: 1, read: archived({ 'session.json': JSON.stringify(before.result) }) };

    test('is the same where it says the same, whatever else is in its bytes', async () => {
      await using api = await simulated(dynamodb);
      const { result, ...state } = before;
      api.datakeen.put({ ...state, result: { ...result, askedAt: '2026-11-22T10:20:00Z' } });
      expect(await api.evidence().compare?.(job(), last, patient())).toBeNull();
      expect(api.datakeen.requests.session).toBe(1);
    });

    test.each([
      ['a document more', makeSession({ sessionId, documents: ['id-card', 'other', 'passport'] })],
      ['another verdict', makeSession({ sessionId, globalStatus: false })],
    ])('asks for a fetch where it has %s, as a webhook without a word does', async (_what, state) => {
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

    test('is waited for where it is not finished, or not complete', async () => {
      await using api = await simulated(dynamodb);
      api.datakeen.put(makeSession({ sessionId, finished: false }));
      await expect(api.evidence().compare?.(job(), last, patient())).rejects.toMatchObject({
        kind: 'not_ready',
      });
    });

    test.each([
      ['nothing was archived', { sequence: 1, read: null }],
      ['what was archived is no longer there', { sequence: 1, read: archived() }],
    ])('asks for a fetch where %s, and there is something by now', async (_what, none) => {
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

  test('is waited for through a weekend', async () => {
    await using api = await simulated(dynamodb);
    expect(api.evidence().deadlineSeconds).toBe(3 * 24 * 3600);
  });
});
