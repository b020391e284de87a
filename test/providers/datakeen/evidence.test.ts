import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import { makeHintForChangedResult } from '../../../shared/providers/datakeen/changed-transition.ts';
import { makeDatakeenFindings } from '../../../shared/providers/datakeen/findings.ts';
import { readDatakeenResult } from '../../../shared/providers/datakeen/read-result.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { fetchAndConclude } from '../conclude.ts';
import { patient, simulated } from './api-under-test.ts';
import { job, sessionId } from './fixtures.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

/** Adds a member to a value and to all objects in it. */
function addMembers(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => addMembers(entry, name));
  if (typeof value !== 'object' || value === null) return value;
  const isControlsOrFields = Object.values(value).every((each) => typeof each === 'object' && each !== null);
  const members = Object.entries(value).map(([key, member]) => [key, addMembers(member, name)]);
  return Object.fromEntries(isControlsOrFields ? members : [...members, [name, '2026-11-22T10:20:00Z']]);
}

/** A reviver for `JSON.parse` that changes what only `provider_data` contains. */
function changeProviderData(key: string, value: unknown): unknown {
  if (key === 'entities') return ['another'];
  if (key === 'pages') return [{ num: 7 }];
  return key === 'message' || key === 'verificationId' ? 'another' : value;
}

const bytesOf = (result: unknown) => Buffer.from(JSON.stringify(result));

describe('the evidence of a Datakeen session', () => {
  test('fetchResult returns the answer of the Datakeen API byte for byte', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    const state = makeDatakeenSession({ sessionId });
    api.datakeen.put(state);
    // Act
    const bytes = await api.evidence().fetchResult(job(), patient());
    // Assess: the simulator indents its JSON. If we parsed and wrote the JSON again, the indentation would be lost.
    expect(Buffer.from(bytes).toString()).toBe(`${JSON.stringify(state.result, null, 2)}\n`);
  });

  test('the archive of a Datakeen session has the result session.json and no other artifact', async () => {
    await using api = await simulated(dynamodb);
    const source = api.evidence();
    expect([source.resultName, source.contentType]).toEqual(['session.json', 'application/json']);
    const { artifacts, reference } = source.conclude(
      job(),
      bytesOf(makeDatakeenSession({ sessionId }).result),
    );
    expect([artifacts, reference]).toEqual([[], null]);
  });

  test('a Datakeen result decides a case, and the findings of its transition equal the archived findings', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeDatakeenSession({ sessionId }));
    const conclusion = await fetchAndConclude(api.evidence(), job({ providerStatus: 'user_approved' }));
    expect(conclusion.transition).toMatchObject({ outcome: 'approved', providerStatus: 'user_approved' });
    expect(conclusion.transition?.findings.claims).toMatchObject({ family_name: 'SPECIMEN' });
    expect(conclusion.findings).toEqual(conclusion.transition?.findings);
  });

  test('a Datakeen result without a verdict may only revise a final state, but we archive its findings', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeDatakeenSession({ sessionId, documents: ['other'] }));
    const conclusion = await fetchAndConclude(api.evidence(), job());
    expect(conclusion.transition).toMatchObject({ outcome: 'error', origin: { effect: 'revise' } });
    expect(conclusion.findings).toMatchObject({ claims: {}, documents: [{ type: 'other' }] });
  });

  test('fetching a Datakeen session that is not finished fails as not_ready', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeDatakeenSession({ sessionId, finished: false }));
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
    // An example of an unknown shape: a later version of Datakeen's API may move the result.
    const elsewhere = { status: 200, session: { state: 'done' } };
    const day = 24 * 3600 * 1000;

    test.each([
      { shape: 'known', providerStatus: 'ai_approved', result: incomplete, duration: '30 s', ms: 30_000 },
      { shape: 'known', providerStatus: '', result: incomplete, duration: '2 days', ms: 2 * day },
      { shape: 'unknown', providerStatus: 'user_rejected', result: elsewhere, duration: '30 s', ms: 30_000 },
      { shape: 'unknown', providerStatus: '', result: elsewhere, duration: '2 days', ms: 2 * day },
    ])(
      'an incomplete Datakeen result (shape: $shape) is not ready for $duration if the provider status is "$providerStatus"',
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

    test('a lookup makes a hint of a complete result only', async () => {
      await using api = await simulated(dynamodb);
      const lookUp = () => api.evidence().lookUp(job(), patient());
      api.datakeen.put({ sessionId, result: incomplete });
      expect(await lookUp()).toBeNull();
      api.datakeen.put(makeDatakeenSession({ sessionId, finished: false }));
      expect(await lookUp()).toBeNull();
      api.datakeen.put(makeDatakeenSession({ sessionId }));
      expect(await lookUp()).toMatchObject({ origin: { kind: 'hint' }, phase: 'submitted' });
    });

    test('an incomplete Datakeen result that is already archived is read, not rejected', async () => {
      await using api = await simulated(dynamodb);
      expect(api.evidence().conclude(job(), bytesOf(incomplete))).toMatchObject({ transition: null });
    });
  });

  test('if a stage trusts only the back-office URL, only the provider status decides, not the controls', async () => {
    // Prepare
    await using api = await simulated(dynamodb, { newStatusFrom: { reference: 'back-office' } });
    api.datakeen.put(makeDatakeenSession({ sessionId }));
    const evidence = api.evidence();
    // Act
    const withoutStatus = await fetchAndConclude(evidence, job());
    const withStatus = await fetchAndConclude(evidence, job({ providerStatus: 'ai_rejected' }));
    // Assess
    expect(withoutStatus.transition).toBeNull();
    expect(withStatus.transition).toMatchObject({ outcome: 'declined', providerStatus: 'ai_rejected' });
  });

  test('if a stage trusts newStatus from no URL, the controls decide a Datakeen case', async () => {
    await using api = await simulated(dynamodb, { newStatusFrom: 'no-url' });
    api.datakeen.put(makeDatakeenSession({ sessionId }));
    const { transition } = await fetchAndConclude(api.evidence(), job());
    expect(transition).toMatchObject({ outcome: 'approved', providerStatus: '', rank: 35 });
  });

  test('a Datakeen result with 20,000 nested lists is read and decides the case', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    const { result } = makeDatakeenSession({ sessionId });
    const body = `{"nested":${'['.repeat(20_000)}${']'.repeat(20_000)},${JSON.stringify(result).slice(1)}`;
    api.datakeen.failNext('session', { status: 200, body });
    // Act
    const { transition } = await fetchAndConclude(api.evidence(), job());
    // Assess
    expect(transition?.outcome).toBe('approved');
  });

  test('fetching a session that Datakeen does not know fails as not_found, whatever the provider status is', async () => {
    await using api = await simulated(dynamodb);
    for (const providerStatus of ['', 'user_approved']) {
      const fetching = api.evidence().fetchResult(job({ providerStatus }), patient());
      await expect(fetching).rejects.toMatchObject({ kind: 'not_found' });
    }
  });

  test('the session id is URL-encoded in the request to Datakeen', async () => {
    await using api = await simulated(dynamodb);
    api.datakeen.put(makeDatakeenSession({ sessionId: 'a/b?c' }));
    const verificationId = 'datakeen:a%2Fb%3Fc';
    expect(await fetchAndConclude(api.evidence(), job({ verificationId }))).toMatchObject({
      transition: { outcome: 'approved' },
    });
  });

  test('an archived Datakeen result is read without a call to Datakeen', async () => {
    await using api = await simulated(dynamodb);
    const { transition } = api.evidence().conclude(job(), bytesOf(makeDatakeenSession({ sessionId }).result));
    expect(transition).toMatchObject({ outcome: 'approved' });
    expect(api.datakeen.requests).toMatchObject({ login: 0, session: 0 });
  });

  test.each([
    { failures: 4, status: 404, end: 'is fetched', kind: null },
    { failures: 5, status: 410, end: 'is gone', kind: 'gone' },
    { failures: 5, status: 404, end: 'is not found', kind: 'not_found' },
  ])(
    'fetchResult repeats a failed request up to four times: after $failures answers of $status, the session $end',
    async ({ failures, status, kind }) => {
      // Prepare
      await using api = await simulated(dynamodb);
      api.datakeen.put(makeDatakeenSession({ sessionId }));
      api.datakeen.failNext('session', { status, times: failures });
      // Act
      const [fetched] = await Promise.allSettled([api.evidence().fetchResult(job(), patient())]);
      // Assess
      expect(fetched.status === 'rejected' ? fetched.reason.kind : null).toBe(kind);
      expect(api.waits).toEqual([1000, 2000, 4000, 8000]);
      expect(api.datakeen.requests.session).toBe(5);
    },
  );

  describe('the comparison of two Datakeen results', () => {
    const before = makeDatakeenSession({ sessionId }).result;
    const results = { sequence: 1, archived: bytesOf(before), current: bytesOf(before) };

    test('a comparison finds no change if two Datakeen results differ only in a field that we do not read', async () => {
      await using api = await simulated(dynamodb);
      const current = bytesOf({ ...before, askedAt: '2026-11-22T10:20:00Z' });
      expect(api.evidence().compare?.(job(), { ...results, current })).toBeNull();
      expect(api.datakeen.requests.session).toBe(0);
    });

    test('a comparison finds no change if two Datakeen results differ only in what provider_data has', () => {
      // Prepare: every level has a new member, and everything that only provider_data contains has another value.
      const current = addMembers(JSON.parse(JSON.stringify(before), changeProviderData), 'askedAt');
      const [one, other] = [before, current].map((result) =>
        makeDatakeenFindings(readDatakeenResult(result), 'approved'),
      );
      // Act
      const hint = makeHintForChangedResult(job(), readDatakeenResult(before), readDatakeenResult(current));
      // Assess
      expect(other?.provider_data, 'the results differ').not.toEqual(one?.provider_data);
      expect(other?.documents, 'the documents differ').not.toEqual(one?.documents);
      expect(hint).toBeNull();
    });

    test.each([
      ['one more document', makeDatakeenSession({ sessionId, documents: ['id-card', 'other', 'passport'] })],
      ['another verdict', makeDatakeenSession({ sessionId, globalStatus: false })],
      [
        'another failed control across documents',
        makeDatakeenSession({ sessionId, failedCrossControls: ['matchNameInAllDocuments'] }),
      ],
      ['another name on the card', makeDatakeenSession({ sessionId, person: { lastName: 'OTHER' } })],
    ])(
      'a comparison requests a new archive if the current Datakeen result has %s',
      async (_what, { result }) => {
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
      },
    );

    test('a comparison requests an archive if no Datakeen result is archived yet', async () => {
      await using api = await simulated(dynamodb);
      const compare = () => api.evidence().compare?.(job(), { ...results, archived: null });
      expect(compare()).toMatchObject({ origin: { kind: 'hint' }, providerStatus: '' });
      expect(compare()?.fingerprint, 'the same hint').toBe(compare()?.fingerprint);
    });
  });

  test('Datakeen jobs are tried for three days', async () => {
    await using api = await simulated(dynamodb);
    expect(api.evidence().deadlineSeconds).toBe(3 * 24 * 3600);
  });
});
