import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import {
  type DatakeenWebhookContent,
  makeDatakeenWebhook,
} from '../../local/simulators/datakeen/make-webhook.ts';
import type { DatakeenSessionOptions } from '../../local/simulators/datakeen/session-options.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import {
  account,
  type DatakeenUnderTest,
  signedPath,
  startDatakeenUnderTest,
  urlSecrets,
} from '../support/datakeen-under-test.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import { deliveryRows } from '../support/history-rows.ts';

let sut: DatakeenUnderTest;
let evidence: ReturnType<typeof evidenceOf>;
beforeAll(async () => {
  sut = await startDatakeenUnderTest({ mostInstances: 2 });
  evidence = evidenceOf(sut.all, 'datakeen');
});
afterAll(() => sut?.stop());

/** Each test uses its own Datakeen session. */
let lastSession = 0xb00000;
function newSession() {
  lastSession += 1;
  return `662f5f9c9c18e30012${lastSession.toString(16)}`;
}
const idOf = (sessionId: string) => `datakeen:${sessionId}`;
const folderOf = (sessionId: string, sequence = 1) => evidence.folder(idOf(sessionId), sequence);
/** Returns the id of an event of a session. */
const eventIdOf = async (sessionId: string, sequence: number) =>
  `${idOf(sessionId)}#${await evidence.generation(idOf(sessionId))}.${sequence}`;

/** Stores a session in Datakeen's simulator. */
const put = (sessionId: string, options: Partial<DatakeenSessionOptions> = {}) =>
  sut.datakeen.put(makeDatakeenSession({ sessionId, ...options }));
/** Posts Datakeen's webhook for a session. */
const send = (sessionId: string, news: DatakeenWebhookContent = {}, reference = 'case-1') =>
  sut.post(makeDatakeenWebhook({ sessionId, ...news }), { path: signedPath(reference) });
const analyst = (newStatus: 'user_approved' | 'user_rejected'): DatakeenWebhookContent => ({
  by: 'analyst',
  newStatus,
});

const events = (sessionId: string, count: number) => sut.events.receive(idOf(sessionId), count);
/** Summarizes each event as type, outcome or phase, finality and provider status: `decided approved final`. */
const summarize = (all: readonly VerificationEvent[]) =>
  all.map(({ type, data }) =>
    [type.split('.')[2], data.outcome ?? data.phase, data.finality, data.providerStatus].join(' ').trim(),
  );
const logged = (message: string, sessionId: string) =>
  sut.logs
    .filter((line) => line.includes(message) && line.includes(`"${idOf(sessionId)}"`))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
const requestCount = (part: string) => sut.api.requests.filter((line) => line.includes(part)).length;

const failedCard: Partial<DatakeenSessionOptions> = { failedControls: { 'id-card': ['mrzValidity'] } };

// This test runs first, because it needs a system that has never logged in.
test('the lookups of 25 concurrent Datakeen sessions cause one login', async () => {
  // Prepare
  const sessions = Array.from({ length: 25 }, newSession);
  for (const sessionId of sessions) put(sessionId);
  // Act
  await Promise.all(sessions.map((sessionId) => send(sessionId)));
  for (const sessionId of sessions) expect(await events(sessionId, 3)).toHaveLength(3);
  // Assess
  expect(requestCount('POST /backend/auth')).toBe(1);
  expect([...sut.api.authorizations]).toEqual([expect.stringMatching(/^Basic \S+$/)]);
});

test('the Datakeen fetcher renews an expired token with one login', async () => {
  // Prepare
  const before = requestCount('POST /backend/auth');
  sut.datakeen.expireTokens();
  const sessionId = newSession();
  put(sessionId);
  // Act
  await send(sessionId);
  // Assess
  expect((await events(sessionId, 3)).at(-1)?.type).toBe('idv.evidence.archived.v1');
  expect(requestCount('POST /backend/auth')).toBe(before + 1);
});

// The tests below run concurrently, because each test uses its own Datakeen session. Only the last test runs alone.
describe.concurrent('a session of API version 1', () => {
  test('a Datakeen case is submitted after its webhook, and decided after the lookup of its session', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    // Act
    const answer = await send(sessionId, {}, 'case-4711');
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 1 });
    const [updated, decided, archived] = await events(sessionId, 3);
    expect(updated).toMatchObject({
      id: await eventIdOf(sessionId, 1),
      source: '/providers/datakeen',
      type: 'idv.verification.updated.v1',
      data: {
        provider: 'datakeen',
        verificationId: idOf(sessionId),
        reference: 'case-4711',
        sequence: 1,
        attempt: 1,
        phase: 'submitted',
        outcome: null,
        finality: 'provisional',
        providerStatus: '',
        occurredAt: null,
        claims: {},
        documents: [],
        checks: [],
        evidence: { status: 'pending', requestedBy: 1, manifest: null, artifacts: [] },
      },
    });
    expect(decided).toMatchObject({
      id: await eventIdOf(sessionId, 2),
      type: 'idv.verification.decided.v1',
      data: {
        reference: 'case-4711',
        sequence: 2,
        phase: 'completed',
        outcome: 'approved',
        finality: 'final',
        reasons: [],
        occurredAt: null,
        supersedes: null,
        evidence: { status: 'pending', requestedBy: 1 },
        changed: ['phase', 'outcome', 'finality', 'claims', 'documents', 'checks', 'provider_data'],
      },
    });
    expect(decided?.data.claims).toEqual({
      given_name: 'Camille',
      family_name: 'SPECIMEN',
      gender: 'female',
      birthdate: '1984-02-29',
      place_of_birth: { locality: 'BESANÇON', country_code: 'FR' },
      nationalities: ['FR'],
      address: { street_address: '12 rue des Acacias 44000 Nantes' },
    });
    expect(decided?.data.documents).toMatchObject([{ type: 'idcard' }, { type: 'other' }]);
    expect(decided?.data.checks).toContainEqual({
      name: 'matchNameInAllDocuments',
      passed: true,
      confidence: 1,
      document: null,
      providerResult: null,
    });
    expect(archived).toMatchObject({
      type: 'idv.evidence.archived.v1',
      data: {
        outcome: 'approved',
        claims: decided?.data.claims,
        documents: decided?.data.documents,
        checks: decided?.data.checks,
        evidence: { status: 'archived', requestedBy: 1, missing: [], reason: null },
        changed: ['evidence'],
      },
    });
  });

  test('a Datakeen session is declined with its failed controls as reasons, the decisive controls first', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId, { ...failedCard, failedCrossControls: ['matchNameInAllDocuments'] });
    // Act
    await send(sessionId);
    // Assess
    const [, decided, archived] = await events(sessionId, 3);
    expect(decided?.data).toMatchObject({ outcome: 'declined', finality: 'final' });
    // Data from a card that failed its controls is in `documents`, but not in `claims`.
    expect([decided?.data.claims, archived?.data.claims]).toEqual([{}, {}]);
    expect(archived?.data.documents[0]?.claims).toHaveProperty('family_name');
    expect(decided?.data.reasons.map(({ providerCode }) => providerCode)).toEqual([
      'globalStatus',
      'matchNameInAllDocuments',
      'mrzValidity',
      'rfSymbolIsPresent',
    ]);
  });

  test('a Datakeen session without controls is archived but not decided', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId, { documents: ['other'], failedCrossControls: [] });
    // Act
    await send(sessionId);
    // Assess
    const [, archived] = await events(sessionId, 2);
    expect(archived).toMatchObject({
      type: 'idv.evidence.archived.v1',
      data: { phase: 'submitted', outcome: null, finality: 'provisional' },
    });
  });
});

describe.concurrent('a repeated webhook without a status', () => {
  const compared = (sessionId: string) =>
    logged('evidence compared', sessionId).map(({ message }) => message);

  test('a Datakeen session that has changed is archived and decided after a repeated webhook', async () => {
    // Prepare: send the webhook before the Datakeen session is over.
    const sessionId = newSession();
    put(sessionId, { documents: ['id-card'] });
    await send(sessionId);
    await events(sessionId, 3);
    put(sessionId, { documents: ['id-card', 'passport'], failedControls: { passport: ['mrzValidity'] } });
    // Act
    const real = await send(sessionId);
    // Assess
    expect(real.body).toEqual({ status: 'duplicate' });
    const all = await events(sessionId, 6);
    expect(summarize(all)).toEqual([
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
      'updated approved final',
      'revised declined final',
      'archived declined final',
    ]);
    expect(all.at(-1)?.data.documents.map(({ type }) => type)).toEqual(['idcard', 'passport']);
    const archived = await evidence.bytes(`${await folderOf(sessionId, 4)}/session.json`);
    expect(archived.toString()).toContain('passport');
  });

  test('a Datakeen session that has no verdict at first is decided after a repeated webhook', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId, { documents: ['other'], failedCrossControls: [] });
    await send(sessionId);
    await events(sessionId, 2);
    put(sessionId);
    // Act
    await send(sessionId);
    // Assess
    expect(summarize(await events(sessionId, 5)).slice(2)).toEqual([
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
    ]);
  });

  test('an approval is revised after a repeated webhook if the Datakeen session no longer has a verdict', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId, { documents: ['id-card'] });
    await send(sessionId);
    await events(sessionId, 3);
    put(sessionId, { documents: ['other'], failedCrossControls: [] });
    // Act
    await send(sessionId);
    // Assess
    const all = await events(sessionId, 6);
    expect(summarize(all).slice(3)).toEqual([
      'updated approved final',
      'revised error final',
      'archived error final',
    ]);
    expect(all.slice(4).map(({ data }) => data.claims)).toEqual([{}, {}]);
  });

  test('if a webhook is repeated during a fetch that finds no Datakeen session, the session is fetched again', async () => {
    // Prepare: answer the first fetch with 404, as if the webhook had arrived before Datakeen knew the session.
    const sessionId = newSession();
    put(sessionId);
    sut.api.fail(`/session/${sessionId}`, 404, 5);
    const firstFetch = sut.api.hold(`/session/${sessionId}`);
    await send(sessionId);
    await firstFetch.answered;
    // Act
    const real = await send(sessionId);
    firstFetch.release();
    // Assess
    expect(real.body).toEqual({ status: 'duplicate' });
    expect(summarize(await events(sessionId, 5))).toEqual([
      'updated submitted provisional',
      'failed submitted provisional',
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
    ]);
  });

  test('a repeated webhook publishes nothing if the Datakeen session has not changed', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    await send(sessionId);
    await send(sessionId);
    await eventually(async () => expect(compared(sessionId)).toHaveLength(1));
    // Act
    await send(sessionId);
    await eventually(async () => expect(compared(sessionId)).toHaveLength(2));
    // Assess
    expect(compared(sessionId)).toEqual(Array(2).fill('evidence compared: the result is the same'));
    expect(await sut.events.receive(idOf(sessionId), 4, 2000)).toHaveLength(3);
    const rows = await deliveryRows(sut.all, idOf(sessionId));
    expect(rows.map(({ decision }) => decision)).toEqual(['accepted', 'duplicate', 'duplicate']);
  });
});

describe.concurrent('the archive of a session', () => {
  test('the archive stores session.json byte for byte, and the manifest lists it', async () => {
    // Prepare
    const sessionId = newSession();
    const state = makeDatakeenSession({ sessionId });
    sut.datakeen.put(state);
    // Act
    await send(sessionId);
    const [, , archived] = await events(sessionId, 3);
    // Assess
    const folder = await folderOf(sessionId);
    const key = `${folder}/session.json`;
    const bytes = await evidence.bytes(key);
    expect(bytes.toString()).toBe(`${JSON.stringify(state.result, null, 2)}\n`);
    const artifact = {
      name: 'session.json',
      key,
      size: bytes.length,
      sha256: sha256(bytes),
      contentType: 'application/json',
    };
    expect(archived?.data.evidence?.artifacts).toEqual([artifact]);
    const manifest = await evidence.bytes(`${folder}/manifest.json`);
    expect(archived?.data.evidence?.manifestSha256).toBe(sha256(manifest));
    expect(JSON.parse(manifest.toString())).toMatchObject({
      provider: 'datakeen',
      verificationId: idOf(sessionId),
      reference: 'case-1',
      generation: archived?.data.generation,
      sequence: 1,
      artifacts: [artifact],
      missing: [],
    });
    expect(await evidence.contentType(key)).toBe('application/json');
  });

  test('the archive has a folder for each accepted webhook', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    // Act
    await send(sessionId, { newStatus: 'verify' });
    await events(sessionId, 3);
    await send(sessionId, analyst('user_approved'));
    await events(sessionId, 6);
    // Assess
    const folders = [await folderOf(sessionId, 1), await folderOf(sessionId, 4)];
    expect(await evidence.keys(`evidence/datakeen/datakeen!${sessionId}/`)).toEqual(
      folders.flatMap((folder) => [`${folder}/manifest.json`, `${folder}/session.json`]),
    );
  });
});

describe.concurrent('the status in a webhook', () => {
  test.each([
    ['ai_approved', 'submitted', 'decided approved final ai_approved'],
    ['ai_rejected', 'submitted', 'decided declined final ai_rejected'],
    ['verify', 'in_review', 'updated in_review provisional verify'],
    ['user_approved', 'submitted', 'decided approved final user_approved'],
    ['user_rejected', 'submitted', 'decided declined final user_rejected'],
  ] as const)(
    'a status in Datakeen’s webhook changes the outcome only after a lookup: %s',
    async (newStatus, phase, confirmed) => {
      // Prepare
      const sessionId = newSession();
      put(sessionId);
      // Act
      await send(sessionId, { newStatus });
      // Assess
      const all = await events(sessionId, 3);
      expect(summarize(all).slice(0, 2)).toEqual([`updated ${phase} provisional ${newStatus}`, confirmed]);
      expect(all.map(({ data }) => data.sequence)).toEqual([1, 2, 3]);
    },
  );

  test('the event for an analyst’s status contains the analysis, entity and correlation ids of the webhook', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    // Act
    await send(sessionId, { by: 'analyst', newStatus: 'user_approved', correlationId: 'file-17' });
    // Assess
    const [updated] = await events(sessionId, 1);
    expect(updated?.data.provider_data).toEqual({
      analysisId: expect.stringMatching(/^[0-9a-f]{24}$/),
      entityId: expect.stringMatching(/^[0-9a-f]{24}$/),
      correlationId: 'file-17',
    });
  });
});

describe.concurrent('the order of statuses', () => {
  test('an analyst’s approval decides a Datakeen session that is in review', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId, { failedCrossControls: ['matchNameInAllDocuments'] });
    // Act
    await send(sessionId, { newStatus: 'verify' });
    await events(sessionId, 3);
    await send(sessionId, analyst('user_approved'));
    // Assess
    expect(summarize(await events(sessionId, 6))).toEqual([
      'updated in_review provisional verify',
      'updated in_review provisional verify',
      'archived in_review provisional verify',
      // The analyst's approval is a hint. So this event keeps the phase and the provider status of the last lookup.
      'updated in_review provisional verify',
      'decided approved final user_approved',
      'archived approved final user_approved',
    ]);
  });

  test('an analyst’s rejection revises an automatic approval', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    // Act
    await send(sessionId, { newStatus: 'ai_approved' });
    await events(sessionId, 3);
    await send(sessionId, analyst('user_rejected'));
    // Assess
    const all = await events(sessionId, 6);
    expect(summarize(all).slice(3)).toEqual([
      'updated approved final ai_approved',
      'revised declined final user_rejected',
      'archived declined final user_rejected',
    ]);
    expect(all[4]?.data).toMatchObject({
      supersedes: await eventIdOf(sessionId, 2),
      claims: {},
      reasons: [],
    });
  });

  test('an automatic status after an analyst’s decision changes nothing and is logged', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    await send(sessionId, analyst('user_approved'));
    await events(sessionId, 3);
    // Act
    await send(sessionId, { newStatus: 'ai_rejected' });
    await events(sessionId, 5);
    await send(sessionId);
    // Assess
    expect(summarize(await events(sessionId, 7)).slice(3)).toEqual([
      'updated approved final user_approved',
      'archived approved final user_approved',
      'updated approved final user_approved',
      'archived approved final user_approved',
    ]);
    expect(logged('fetched result stale', sessionId).map(({ reason }) => reason)).toEqual([
      'older-final',
      'older-final',
    ]);
  });

  test('if two lookups overlap, the result of the lookup that was requested later stays', async () => {
    // Prepare: make the first lookup fail twice. The proxy holds its first failed answer until the second lookup ends.
    const sessionId = newSession();
    put(sessionId);
    sut.api.fail(`/session/${sessionId}`, 503, 1);
    const first = sut.api.hold(`/session/${sessionId}`);
    await send(sessionId, analyst('user_approved'));
    await first.answered;
    // Act
    await send(sessionId, analyst('user_rejected'));
    expect(summarize(await events(sessionId, 4)).at(-1)).toBe('archived declined final user_rejected');
    sut.api.fail(`/session/${sessionId}`, 503, 1);
    first.release();
    // Assess
    const all = await events(sessionId, 5);
    expect(summarize(all).filter((line) => !/^(updated|archived)/.test(line))).toEqual([
      'decided declined final user_rejected',
    ]);
    // The first lookup ends last. Its archive is complete, but the event keeps the archive of the later lookup.
    const archives = all.filter(({ type }) => type === 'idv.evidence.archived.v1');
    expect(archives.map(({ data }) => data.sequence)).toEqual([4, 5]);
    expect(await evidence.keys(await folderOf(sessionId, 1))).toHaveLength(2);
    const latest = { requestedBy: 2, manifest: `${await folderOf(sessionId, 2)}/manifest.json` };
    expect(archives.map(({ data }) => data.evidence)).toMatchObject([latest, latest]);
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'declined', changed: [] });
    const failed = logged('evidence not fetched yet', sessionId).map(({ detail }) => detail);
    expect(failed.filter((detail) => detail === 'GET session: answered 503')).toHaveLength(2);
    expect(logged('fetched result stale', sessionId)).toMatchObject([{ reason: 'older-final', sequence: 1 }]);
  });

  test('a status revises the verdict of the controls, and the controls do not revise a status', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    // Act
    await send(sessionId);
    await events(sessionId, 3);
    await send(sessionId, { newStatus: 'ai_rejected' });
    await events(sessionId, 6);
    await send(sessionId, {}, 'another-case');
    // Assess
    const all = await events(sessionId, 8);
    expect(summarize(all).filter((line) => !/^(updated|archived)/.test(line))).toEqual([
      'decided approved final',
      'revised declined final ai_rejected',
    ]);
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'declined', claims: {} });
    expect(logged('fetched result stale', sessionId)).toMatchObject([{ reason: 'older-final', sequence: 7 }]);
    for (const metric of ['ResultsAccepted', 'ResultsStale'])
      expect(sut.logs.some((line) => line.includes(`"${metric}":1`))).toBe(true);
  });

  test('Datakeen’s controls do not decide a session that waits for an analyst', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    await send(sessionId, { newStatus: 'verify' });
    await events(sessionId, 3);
    // Act
    await send(sessionId);
    // Assess
    expect(summarize(await events(sessionId, 5)).at(-1)).toBe('archived in_review provisional verify');
    expect(logged('fetched result stale', sessionId)).toMatchObject([{ reason: 'out-of-order' }]);
  });

  test('a status that no lookup confirmed is accepted again, even after a lookup confirmed another hint', async () => {
    // Prepare: let the lookup for the analyst's status find no session, and the lookup for the next hint find one.
    const sessionId = newSession();
    await send(sessionId, analyst('user_rejected'));
    expect(summarize(await events(sessionId, 2)).at(-1)).toMatch(/^failed/);
    put(sessionId);
    await send(sessionId);
    expect(summarize(await events(sessionId, 5)).slice(-2)).toEqual([
      'decided approved final',
      'archived approved final',
    ]);
    // Act
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(sessionId, analyst('user_rejected'))),
    );
    // Assess
    expect(answers.map(({ body }) => Object(body).status).toSorted()).toEqual([
      'accepted',
      ...Array(4).fill('duplicate'),
    ]);
    expect(summarize(await events(sessionId, 8)).slice(-2)).toEqual([
      'revised declined final user_rejected',
      'archived declined final user_rejected',
    ]);
    expect((await send(sessionId)).body).toEqual({ status: 'duplicate' });
  });

  test('a repeated status of Datakeen is a duplicate and causes no lookup', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    // Act
    await send(sessionId, { newStatus: 'ai_approved' });
    const atOnce = await send(sessionId, { newStatus: 'ai_approved' });
    await events(sessionId, 3);
    const later = await send(sessionId, { newStatus: 'ai_approved' });
    // Assess
    expect([atOnce.body, later.body]).toEqual([{ status: 'duplicate' }, { status: 'duplicate' }]);
    const rows = await deliveryRows(sut.all, idOf(sessionId));
    expect(rows.map(({ decision }) => decision)).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect(await sut.events.receive(idOf(sessionId), 4, 2000)).toHaveLength(3);
  });

  test('20 concurrent webhooks with four statuses get sequences without a gap, and the analyst’s status wins', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId);
    const newStatuses = ['ai_approved', 'ai_rejected', 'verify', 'user_approved'] as const;
    // Act
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        sut.post({ sessionId, newStatus: newStatuses[index % 4], analysisId: `analysis-${index}` }),
      ),
    );
    // Assess
    const archived = (all: readonly VerificationEvent[]) =>
      all.filter(({ type }) => type === 'idv.evidence.archived.v1');
    const all = await sut.events.receiveUntil(idOf(sessionId), (some) => archived(some).length >= 4, 50_000);
    expect(archived(all)).toHaveLength(4);
    expect(all.map(({ data }) => data.sequence)).toEqual(all.map((_, index) => index + 1));
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'approved', providerStatus: 'user_approved' });
    const finals = all.findIndex(({ data }) => data.finality === 'final');
    expect(all.slice(finals).every(({ data }) => data.finality === 'final')).toBe(true);
  });
});

describe.concurrent('a webhook for a session that Datakeen does not know', () => {
  test('a webhook for an unknown Datakeen session decides nothing; its failed lookup is published and counted', async () => {
    // Prepare
    const sessionId = newSession();
    // Act
    const answer = await send(sessionId, { newStatus: 'user_approved' }, 'a-forged-case');
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 1 });
    const all = await events(sessionId, 2);
    expect(summarize(all)).toEqual([
      'updated submitted provisional user_approved',
      'failed submitted provisional user_approved',
    ]);
    expect(all[1]).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        reference: 'a-forged-case',
        outcome: null,
        claims: {},
        evidence: {
          status: 'failed',
          requestedBy: 1,
          reason: 'not_found',
          bucket: null,
          manifest: null,
          artifacts: [],
        },
      },
    });
    expect(await evidence.keys(`evidence/datakeen/datakeen!${sessionId}/`)).toEqual([]);
    await eventually(async () => {
      const mine = (await evidence.deadLetters()).filter(({ body }) => body.includes(sessionId));
      expect(mine.map(({ reason }) => reason)).toEqual(['not_found']);
    });
    expect(sut.logs.some((line) => line.includes('"EvidenceNotFound":1'))).toBe(true);
  });

  test('a Datakeen session is fetched even if an earlier webhook named the session before it existed', async () => {
    // Prepare
    const sessionId = newSession();
    await send(sessionId);
    expect((await events(sessionId, 2)).at(-1)?.type).toBe('idv.evidence.failed.v1');
    put(sessionId);
    // Act: send the same bytes again.
    const answer = await send(sessionId);
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 3 });
    expect(summarize(await events(sessionId, 5)).slice(2)).toEqual([
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
    ]);
    expect((await send(sessionId)).body).toEqual({ status: 'duplicate' });
  });
});

test.concurrent('a Datakeen case loses its reference if a new status arrives at another reference’s signed URL', async () => {
  // Prepare
  const sessionId = newSession();
  put(sessionId);
  await send(sessionId, {}, 'case-of-its-owner');
  await events(sessionId, 3);
  // Act
  await send(sessionId, { newStatus: 'ai_approved' }, 'case-of-somebody-else');
  // Assess
  const all = await events(sessionId, 5);
  expect(all.map(({ data }) => data.reference).slice(0, 4)).toEqual([
    'case-of-its-owner',
    'case-of-its-owner',
    'case-of-its-owner',
    null,
  ]);
  expect(all.at(-1)?.data.reference).toBeNull();
  expect(sut.logs.some((line) => line.includes('"ReferencesDisputed":1'))).toBe(true);
  expect(logged('two signed URLs claim one case', sessionId)).toHaveLength(1);
});

test.concurrent('a Datakeen case loses its reference if its body arrives at another reference’s signed URL', async () => {
  // Prepare
  const sessionId = newSession();
  put(sessionId);
  await send(sessionId, {}, 'case-of-a-thief');
  await events(sessionId, 3);
  // Act
  const answer = await send(sessionId, {}, 'case-of-its-owner');
  // Assess
  expect(answer.body).toEqual({ status: 'accepted', sequence: 4 });
  expect((await events(sessionId, 5)).at(-1)?.data.reference).toBeNull();
  expect(logged('two signed URLs claim one case', sessionId)).toHaveLength(1);
});

test.concurrent('a Datakeen session id in capitals names the same Datakeen session', async () => {
  const sessionId = newSession();
  put(sessionId);
  await send(sessionId);
  expect((await send(sessionId.toUpperCase())).body).toEqual({ status: 'duplicate' });
});

describe.concurrent('a session that is not finished', () => {
  test('an unfinished Datakeen session is requested again, and decided when it is finished', async () => {
    // Prepare
    const sessionId = newSession();
    put(sessionId, { finished: false });
    await send(sessionId, { newStatus: 'ai_approved' });
    await eventually(() => expect(requestCount(`/session/${sessionId}`)).toBeGreaterThanOrEqual(3), {
      timeoutMs: 20_000,
    });
    expect(summarize(await events(sessionId, 1))).toEqual(['updated submitted provisional ai_approved']);
    // Act
    put(sessionId);
    // Assess
    expect(summarize(await events(sessionId, 3)).slice(1)).toEqual([
      'decided approved final ai_approved',
      'archived approved final ai_approved',
    ]);
  });
});

// This test runs last, because it checks the events and logs of all other tests.
test('events and logs contain no secret, and logs contain no personal data', async () => {
  // Prepare
  const tokens = [...sut.api.authorizations].map((value) => value.replace('Basic ', ''));
  expect(tokens.length).toBeGreaterThan(0);
  // Act
  const logs = sut.logs.join('\n');
  const queued = [...sut.events.messages, ...(await evidence.deadLetters())]
    .map((message) => JSON.stringify(message))
    .join('\n');
  // Assess
  expect(queued).toContain('SPECIMEN');
  const secrets = [account.password, ...urlSecrets, ...tokens];
  for (const secret of secrets) expect(queued).not.toContain(secret);
  const personal = ['SPECIMEN', 'Camille', '1984-02-29', '29.02.1984', 'BESAN', 'case-of-somebody-else'];
  for (const trace of [...secrets, ...personal.slice(0, 5)]) expect(logs).not.toContain(trace);
});
