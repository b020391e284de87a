import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../local/simulators/datakeen/make-session.ts';
import { makeWebhook, type News } from '../../local/simulators/datakeen/make-webhook.ts';
import type { SessionOptions } from '../../local/simulators/datakeen/session-options.ts';
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
import { ledgerRows } from '../support/ledger-rows.ts';

let sut: DatakeenUnderTest;
let evidence: ReturnType<typeof evidenceOf>;
beforeAll(async () => {
  sut = await startDatakeenUnderTest({ mostInstances: 2 });
  evidence = evidenceOf(sut.all, 'datakeen');
});
afterAll(() => sut?.stop());

/** Each test has a session of its own. */
let last = 0xb00000;
function newSession() {
  last += 1;
  return `662f5f9c9c18e30012${last.toString(16)}`;
}
const idOf = (sessionId: string) => `datakeen:${sessionId}`;
const folderOf = (sessionId: string, sequence = 1) =>
  `evidence/datakeen/datakeen!${sessionId}/00000${sequence}`;

/** Datakeen knows the session. */
const known = (sessionId: string, options: Partial<SessionOptions> = {}) =>
  sut.datakeen.put(makeSession({ sessionId, ...options }));
/** Datakeen sends a webhook. */
const send = (sessionId: string, news: News = {}, reference = 'case-1') =>
  sut.post(makeWebhook({ sessionId, ...news }), { path: signedPath(reference) });
const analyst = (newStatus: 'user_approved' | 'user_rejected'): News => ({ by: 'analyst', newStatus });

const events = (sessionId: string, count: number) => sut.events.receive(idOf(sessionId), count);
/** `decided approved final` */
const story = (all: readonly VerificationEvent[]) =>
  all.map(({ type, data }) =>
    [type.split('.')[2], data.outcome ?? data.phase, data.finality, data.providerStatus].join(' ').trim(),
  );
const logged = (message: string, sessionId: string) =>
  sut.logs
    .filter((line) => line.includes(message) && line.includes(`"${idOf(sessionId)}"`))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
const asked = (part: string) => sut.api.requests.filter((line) => line.includes(part)).length;

const failedCard: Partial<SessionOptions> = { failedControls: { 'id-card': ['mrzValidity'] } };

// First: the system must never have logged in.
test('25 sessions at once are one login', async () => {
  // Prepare
  const sessions = Array.from({ length: 25 }, newSession);
  for (const sessionId of sessions) known(sessionId);
  // Act
  await Promise.all(sessions.map((sessionId) => send(sessionId)));
  for (const sessionId of sessions) expect(await events(sessionId, 3)).toHaveLength(3);
  // Assess
  expect(asked('POST /backend/auth')).toBe(1);
  expect([...sut.api.authorizations]).toEqual([expect.stringMatching(/^Basic \S+$/)]);
});

test('a token that has ended is renewed once', async () => {
  // Prepare
  const before = asked('POST /backend/auth');
  sut.datakeen.expireTokens();
  const sessionId = newSession();
  known(sessionId);
  // Act
  await send(sessionId);
  // Assess
  expect((await events(sessionId, 3)).at(-1)?.type).toBe('idv.evidence.archived.v1');
  expect(asked('POST /backend/auth')).toBe(before + 1);
});

// Side by side, except the last: each case has a session of its own.
describe.concurrent('a session of version 1', () => {
  test('is submitted by its webhook, and decided by what was fetched', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    const answer = await send(sessionId, {}, 'case-4711');
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 1 });
    const [said, decided, archived] = await events(sessionId, 3);
    expect(said).toMatchObject({
      id: `${idOf(sessionId)}#1`,
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
      },
    });
    expect(decided).toMatchObject({
      id: `${idOf(sessionId)}#2`,
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
      data: { outcome: 'approved', evidence: { requestedBy: 1, missing: [], reason: null } },
    });
  });

  test('is declined with a reason for each control that failed', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId, { ...failedCard, failedCrossControls: ['matchNameInAllDocuments'] });
    // Act
    await send(sessionId);
    // Assess
    const [, decided, archived] = await events(sessionId, 3);
    expect(decided?.data).toMatchObject({ outcome: 'declined', finality: 'final' });
    // What was read from a card that did not pass is in `documents` only.
    expect([decided?.data.claims, archived?.data.claims]).toEqual([{}, {}]);
    expect(archived?.data.documents[0]?.claims).toHaveProperty('family_name');
    expect(decided?.data.reasons.map(({ providerCode }) => providerCode)).toEqual([
      'globalStatus',
      'mrzValidity',
      'rfSymbolIsPresent',
      'matchNameInAllDocuments',
    ]);
  });

  test('of which nothing was controlled is not decided; what there is, is archived', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId, { documents: ['other'], failedCrossControls: [] });
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

describe.concurrent('the same webhook again, without a word,', () => {
  const compared = (sessionId: string) =>
    logged('evidence compared', sessionId).map(({ message }) => message);

  test('has a result archived that has grown since, and decided anew', async () => {
    // Prepare: somebody sends the webhook before the session is over.
    const sessionId = newSession();
    known(sessionId, { documents: ['id-card'] });
    await send(sessionId);
    await events(sessionId, 3);
    known(sessionId, { documents: ['id-card', 'passport'], failedControls: { passport: ['mrzValidity'] } });
    // Act
    const real = await send(sessionId);
    // Assess
    expect(real.body).toEqual({ status: 'duplicate' });
    const all = await events(sessionId, 6);
    expect(story(all)).toEqual([
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
      'updated approved final',
      'revised declined final',
      'archived declined final',
    ]);
    expect(all.at(-1)?.data.documents.map(({ type }) => type)).toEqual(['idcard', 'passport']);
    const archived = await evidence.bytes(`${folderOf(sessionId, 4)}/session.json`);
    expect(archived.toString()).toContain('passport');
  });

  test('has a result decided that had no verdict at first', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId, { documents: ['other'], failedCrossControls: [] });
    await send(sessionId);
    await events(sessionId, 2);
    known(sessionId);
    // Act
    await send(sessionId);
    // Assess
    expect(story(await events(sessionId, 5)).slice(2)).toEqual([
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
    ]);
  });

  test('takes back an approval where the result decides nothing any more', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId, { documents: ['id-card'] });
    await send(sessionId);
    await events(sessionId, 3);
    known(sessionId, { documents: ['other'], failedCrossControls: [] });
    // Act
    await send(sessionId);
    // Assess
    const all = await events(sessionId, 6);
    expect(story(all).slice(3)).toEqual([
      'updated approved final',
      'revised error final',
      'archived error final',
    ]);
    expect(all.slice(4).map(({ data }) => data.claims)).toEqual([{}, {}]);
  });

  test('has a result fetched that nobody could find for the first one, though that was no answer yet', async () => {
    // Prepare: somebody names the session before Datakeen knows it, and it does while that fetch gives up.
    const sessionId = newSession();
    known(sessionId);
    sut.api.fail(`/session/${sessionId}`, 404, 5);
    const nothing = sut.api.hold(`/session/${sessionId}`);
    await send(sessionId);
    await nothing.answered;
    // Act
    const real = await send(sessionId);
    nothing.release();
    // Assess
    expect(real.body).toEqual({ status: 'duplicate' });
    expect(story(await events(sessionId, 5))).toEqual([
      'updated submitted provisional',
      'failed submitted provisional',
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
    ]);
  });

  test('tells nobody of a result that says the same, at once or later', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    await send(sessionId);
    await send(sessionId);
    await eventually(async () => expect(compared(sessionId)).toHaveLength(1));
    // Act
    await send(sessionId);
    await eventually(async () => expect(compared(sessionId)).toHaveLength(2));
    // Assess
    expect(compared(sessionId)).toEqual(Array(2).fill('evidence compared: it is the same'));
    expect(await sut.events.receive(idOf(sessionId), 4, 2000)).toHaveLength(3);
    const rows = await ledgerRows(sut.all, idOf(sessionId));
    expect(rows.map(({ decision }) => decision)).toEqual(['accepted', 'duplicate', 'duplicate']);
  });
});

describe.concurrent('the archive', () => {
  test('has session.json byte for byte, and the manifest that lists it', async () => {
    // Prepare
    const sessionId = newSession();
    const state = makeSession({ sessionId });
    sut.datakeen.put(state);
    // Act
    await send(sessionId);
    const [, , archived] = await events(sessionId, 3);
    // Assess
    const key = `${folderOf(sessionId)}/session.json`;
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
    const manifest = JSON.parse((await evidence.bytes(`${folderOf(sessionId)}/manifest.json`)).toString());
    expect(manifest).toMatchObject({
      provider: 'datakeen',
      verificationId: idOf(sessionId),
      reference: 'case-1',
      sequence: 1,
      artifacts: [artifact],
      missing: [],
    });
    expect(await evidence.contentType(key)).toBe('application/json');
  });

  test('has a folder for each webhook that was accepted', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    await send(sessionId, { newStatus: 'verify' });
    await events(sessionId, 3);
    await send(sessionId, analyst('user_approved'));
    await events(sessionId, 6);
    // Assess
    expect(await evidence.keys(`evidence/datakeen/datakeen!${sessionId}/`)).toEqual(
      [1, 4].flatMap((sequence) =>
        ['manifest.json', 'session.json'].map((name) => `${folderOf(sessionId, sequence)}/${name}`),
      ),
    );
  });
});

describe.concurrent('the word of a webhook', () => {
  test.each([
    ['ai_approved', 'submitted', 'decided approved final ai_approved'],
    ['ai_rejected', 'submitted', 'decided declined final ai_rejected'],
    ['verify', 'in_review', 'updated in_review provisional verify'],
    ['user_approved', 'submitted', 'decided approved final user_approved'],
    ['user_rejected', 'submitted', 'decided declined final user_rejected'],
  ] as const)('%s decides once the session is fetched', async (newStatus, phase, confirmed) => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    await send(sessionId, { newStatus });
    // Assess
    const all = await events(sessionId, 3);
    expect(story(all).slice(0, 2)).toEqual([`updated ${phase} provisional ${newStatus}`, confirmed]);
    expect(all.map(({ data }) => data.sequence)).toEqual([1, 2, 3]);
  });

  test('of an analyst keeps the ids that come with it', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    await send(sessionId, { by: 'analyst', newStatus: 'user_approved', correlationId: 'file-17' });
    // Assess
    const [said] = await events(sessionId, 1);
    expect(said?.data.provider_data).toEqual({
      analysisId: expect.stringMatching(/^[0-9a-f]{24}$/),
      entityId: expect.stringMatching(/^[0-9a-f]{24}$/),
      correlationId: 'file-17',
    });
  });
});

describe.concurrent('the order', () => {
  test('verify, and then the analyst approves', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId, { failedCrossControls: ['matchNameInAllDocuments'] });
    // Act
    await send(sessionId, { newStatus: 'verify' });
    await events(sessionId, 3);
    await send(sessionId, analyst('user_approved'));
    // Assess
    expect(story(await events(sessionId, 6))).toEqual([
      'updated in_review provisional verify',
      'updated in_review provisional verify',
      'archived in_review provisional verify',
      // It decides nothing, nor does it take back what is known.
      'updated in_review provisional verify',
      'decided approved final user_approved',
      'archived approved final user_approved',
    ]);
  });

  test('an analyst who reverses the machine revises it', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    await send(sessionId, { newStatus: 'ai_approved' });
    await events(sessionId, 3);
    await send(sessionId, analyst('user_rejected'));
    // Assess
    const all = await events(sessionId, 6);
    expect(story(all).slice(3)).toEqual([
      'updated approved final ai_approved',
      'revised declined final user_rejected',
      'archived declined final user_rejected',
    ]);
    expect(all[4]?.data).toMatchObject({ supersedes: `${idOf(sessionId)}#2`, claims: {}, reasons: [] });
  });

  test('a machine that comes after a human changes nothing, and is told to operators', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    await send(sessionId, analyst('user_approved'));
    await events(sessionId, 3);
    // Act
    await send(sessionId, { newStatus: 'ai_rejected' });
    await events(sessionId, 5);
    await send(sessionId);
    // Assess
    expect(story(await events(sessionId, 7)).slice(3)).toEqual([
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

  test('a fetch that is overtaken by a later one does not undo it', async () => {
    // Prepare: the first fetch fails twice, but only after the second one is done.
    const sessionId = newSession();
    known(sessionId);
    sut.api.fail(`/session/${sessionId}`, 503, 1);
    const first = sut.api.hold(`/session/${sessionId}`);
    await send(sessionId, analyst('user_approved'));
    await first.answered;
    // Act
    await send(sessionId, analyst('user_rejected'));
    expect(story(await events(sessionId, 4)).at(-1)).toBe('archived declined final user_rejected');
    sut.api.fail(`/session/${sessionId}`, 503, 1);
    first.release();
    // Assess
    const all = await events(sessionId, 5);
    expect(story(all).filter((line) => !/^(updated|archived)/.test(line))).toEqual([
      'decided declined final user_rejected',
    ]);
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'declined', evidence: { requestedBy: 1 } });
    const failed = logged('evidence not fetched yet', sessionId).map(({ detail }) => detail);
    expect(failed.filter((detail) => detail === 'GET session: answered 503')).toHaveLength(2);
    expect(logged('fetched result stale', sessionId)).toMatchObject([{ reason: 'older-final', sequence: 1 }]);
  });

  test('what the controls say undoes no word of Datakeen’s, and a word undoes what they said', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    await send(sessionId);
    await events(sessionId, 3);
    await send(sessionId, { newStatus: 'ai_rejected' });
    await events(sessionId, 6);
    await send(sessionId, {}, 'another-case');
    // Assess
    const all = await events(sessionId, 8);
    expect(story(all).filter((line) => !/^(updated|archived)/.test(line))).toEqual([
      'decided approved final',
      'revised declined final ai_rejected',
    ]);
    expect(all.at(-1)?.data).toMatchObject({ outcome: 'declined', claims: {} });
    expect(logged('fetched result stale', sessionId)).toMatchObject([{ reason: 'older-final', sequence: 7 }]);
    for (const metric of ['ResultsAccepted', 'ResultsStale'])
      expect(sut.logs.some((line) => line.includes(`"${metric}":1`))).toBe(true);
  });

  test('an analyst who is still to decide is not decided for by the controls', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    await send(sessionId, { newStatus: 'verify' });
    await events(sessionId, 3);
    // Act
    await send(sessionId);
    // Assess
    expect(story(await events(sessionId, 5)).at(-1)).toBe('archived in_review provisional verify');
    expect(logged('fetched result stale', sessionId)).toMatchObject([{ reason: 'out-of-order' }]);
  });

  test('a word that could not be confirmed may be said again, after others that could, once', async () => {
    // Prepare: the analyst's word finds no session, then another is fetched.
    const sessionId = newSession();
    await send(sessionId, analyst('user_rejected'));
    expect(story(await events(sessionId, 2)).at(-1)).toMatch(/^failed/);
    known(sessionId);
    await send(sessionId);
    expect(story(await events(sessionId, 5)).slice(-2)).toEqual([
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
    expect(story(await events(sessionId, 8)).slice(-2)).toEqual([
      'revised declined final user_rejected',
      'archived declined final user_rejected',
    ]);
    expect((await send(sessionId)).body).toEqual({ status: 'duplicate' });
  });

  test('the same word again is a duplicate, and asks for nothing', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    // Act
    await send(sessionId, { newStatus: 'ai_approved' });
    const atOnce = await send(sessionId, { newStatus: 'ai_approved' });
    await events(sessionId, 3);
    const later = await send(sessionId, { newStatus: 'ai_approved' });
    // Assess
    expect([atOnce.body, later.body]).toEqual([{ status: 'duplicate' }, { status: 'duplicate' }]);
    const rows = await ledgerRows(sut.all, idOf(sessionId));
    expect(rows.map(({ decision }) => decision)).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect(await sut.events.receive(idOf(sessionId), 4, 2000)).toHaveLength(3);
  });

  test('20 webhooks at once, four of which differ, are numbered without gap, and end in the human’s word', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId);
    const words = ['ai_approved', 'ai_rejected', 'verify', 'user_approved'] as const;
    // Act
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        sut.post({ sessionId, newStatus: words[index % 4], analysisId: `analysis-${index}` }),
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

describe.concurrent('a webhook of a session that Datakeen does not know', () => {
  test('decides nothing; that it was not found is told, counted and kept', async () => {
    // Prepare
    const sessionId = newSession();
    // Act
    const answer = await send(sessionId, { newStatus: 'user_approved' }, 'a-forged-case');
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 1 });
    const all = await events(sessionId, 2);
    expect(story(all)).toEqual([
      'updated submitted provisional user_approved',
      'failed submitted provisional user_approved',
    ]);
    expect(all[1]).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        reference: 'a-forged-case',
        outcome: null,
        claims: {},
        evidence: { requestedBy: 1, reason: 'not_found', bucket: null, manifest: null, artifacts: [] },
      },
    });
    expect(await evidence.keys(`evidence/datakeen/datakeen!${sessionId}/`)).toEqual([]);
    await eventually(async () => {
      const mine = (await evidence.deadLetters()).filter(({ body }) => body.includes(sessionId));
      expect(mine.map(({ reason }) => reason)).toEqual(['not_found']);
    });
    expect(sut.logs.some((line) => line.includes('"EvidenceNotFound":1'))).toBe(true);
  });

  test('does not keep the real one from being fetched, once there is one', async () => {
    // Prepare
    const sessionId = newSession();
    await send(sessionId);
    expect((await events(sessionId, 2)).at(-1)?.type).toBe('idv.evidence.failed.v1');
    known(sessionId);
    // Act: byte for byte what was sent before.
    const answer = await send(sessionId);
    // Assess
    expect(answer.body).toEqual({ status: 'accepted', sequence: 3 });
    expect(story(await events(sessionId, 5)).slice(2)).toEqual([
      'updated submitted provisional',
      'decided approved final',
      'archived approved final',
    ]);
    expect((await send(sessionId)).body).toEqual({ status: 'duplicate' });
  });
});

test.concurrent('a session that is sent to the URL of another case belongs to neither', async () => {
  // Prepare
  const sessionId = newSession();
  known(sessionId);
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

test.concurrent('a session that somebody has sent to the URL of their own case, word for word, belongs to neither', async () => {
  // Prepare
  const sessionId = newSession();
  known(sessionId);
  await send(sessionId, {}, 'case-of-a-thief');
  await events(sessionId, 3);
  // Act
  const answer = await send(sessionId, {}, 'case-of-its-owner');
  // Assess
  expect(answer.body).toEqual({ status: 'accepted', sequence: 4 });
  expect((await events(sessionId, 5)).at(-1)?.data.reference).toBeNull();
  expect(logged('two signed URLs claim one case', sessionId)).toHaveLength(1);
});

test.concurrent('a session in capitals is the same session', async () => {
  const sessionId = newSession();
  known(sessionId);
  await send(sessionId);
  expect((await send(sessionId.toUpperCase())).body).toEqual({ status: 'duplicate' });
});

describe.concurrent('a session that is not finished', () => {
  test('is asked for again, whatever the webhook said, and decided when it is', async () => {
    // Prepare
    const sessionId = newSession();
    known(sessionId, { finished: false });
    await send(sessionId, { newStatus: 'ai_approved' });
    await eventually(() => expect(asked(`/session/${sessionId}`)).toBeGreaterThanOrEqual(3), {
      timeoutMs: 20_000,
    });
    expect(story(await events(sessionId, 1))).toEqual(['updated submitted provisional ai_approved']);
    // Act
    known(sessionId);
    // Assess
    expect(story(await events(sessionId, 3)).slice(1)).toEqual([
      'decided approved final ai_approved',
      'archived approved final ai_approved',
    ]);
  });
});

// Last: it looks at what all cases have left behind.
test('no secret is in an event or a log, and no person in a log', async () => {
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
