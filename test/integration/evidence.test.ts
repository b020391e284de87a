import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlannedError } from '../../local/simulators/faults.ts';
import type { IdentState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import { type ProviderProxy, providerProxy } from '../support/provider-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const account = { companyId, apiKey: 'a-test-api-key' };
/** An account with an API key that the provider refuses. */
const misconfigured = { companyId: 'wrongkey', apiKey: 'wrong' };

let sut: SystemUnderTest;
/** The proxy between the system under test and IDnow's simulator. */
let api: ProviderProxy;
let evidence: ReturnType<typeof evidenceOf>;
beforeAll(async () => {
  sut = await startSystemUnderTest({
    mostInstances: 2,
    idnow: { accounts: [account, misconfigured] },
    interceptIdnow: async (url) => {
      api = await providerProxy(url);
      return api.url;
    },
    // After a refused login, the fetcher pauses for at least one second, so that a test can observe the pause.
    pauseFactor: 0.2,
  });
  evidence = evidenceOf(sut);
});
afterAll(async () => {
  await sut?.stop();
  await api?.stop();
});

const identOf = (transactionNumber: string, state: IdentState = 'SUCCESS', minute = 5, company = companyId) =>
  makeIdent({
    companyId: company,
    transactionNumber,
    state,
    time: new Date(Date.UTC(2026, 10, 22, 10, minute)),
  });

const idOf = (transactionNumber: string, company = companyId) =>
  `idnow:${company}:${transactionNumber.toLowerCase()}`;
const folderOf = (transactionNumber: string, sequence = 1) =>
  evidence.folder(idOf(transactionNumber), sequence);
const generationOf = (transactionNumber: string) => evidence.generation(idOf(transactionNumber));

/** Stores an ident in IDnow's simulator and posts the ident's webhook. */
async function finish(transactionNumber: string, state: IdentState = 'SUCCESS'): Promise<void> {
  const ident = identOf(transactionNumber, state);
  sut.simulator.put(ident);
  expect((await sut.post(ident)).status).toBe(200);
}

/** Waits for the first `count` events of a verification. @returns the last of them, which reports the job's end */
async function evidenceEvent(transactionNumber: string, count = 2, company = companyId) {
  const events = await sut.events.receive(idOf(transactionNumber, company), count);
  expect(events).toHaveLength(count);
  return events[count - 1];
}

const logins = () => api.requests.filter((line) => line === `POST /api/v1/${companyId}/login`).length;
/** Returns how often each file of a transaction was requested. */
function requestsFor(transactionNumber: string) {
  const ident = `GET /api/v1/${companyId}/identifications/${encodeURIComponent(transactionNumber)}`;
  const times = (request: string) => api.requests.filter((line) => line === request).length;
  return { ident: times(ident), zip: times(`${ident}.zip`) };
}

const logged = (message: string, verificationId: string) =>
  sut.logs
    .filter((line) => line.includes(message) && line.includes(verificationId))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));

// This test runs first, because it needs a system that has never logged in.
test('the evidence jobs of several IDnow verifications share one login', async () => {
  // Prepare
  const transactions = Array.from({ length: 8 }, (_, index) => `login-${index}`);

  // Act
  await Promise.all(transactions.map((transaction) => finish(transaction)));
  for (const transaction of transactions) await evidenceEvent(transaction);

  // Assess
  expect(sut.simulator.requests).toMatchObject({ login: 1, ident: 8, zip: 8 });
});

// These tests run concurrently: each test uses its own transaction, and no test changes the login session.
describe.concurrent('an ident that says something else than its webhook', () => {
  test('an ident that IDnow has revised since revises the case, and the late webhook is a duplicate', async () => {
    // Prepare
    const transaction = 'revised-at-idnow';
    const revised = identOf(transaction, 'FRAUD_SUSPICION_CONFIRMED', 30);
    sut.simulator.put(revised);

    // Act
    await sut.post(identOf(transaction, 'SUCCESS', 5));
    const events = await sut.events.receive(idOf(transaction), 3);
    const late = await sut.post(revised);

    // Assess
    expect(events.map(({ type, data }) => [type, data.outcome])).toEqual([
      ['idv.verification.decided.v1', 'approved'],
      ['idv.verification.revised.v1', 'declined'],
      ['idv.evidence.archived.v1', 'declined'],
    ]);
    expect(events[1]?.data).toMatchObject({ supersedes: events[0]?.id, claims: {} });
    expect(events[1]?.data.extracted).toHaveProperty('family_name');
    expect(late.body).toEqual({ status: 'duplicate' });
  });

  test.each([
    ['is older than', 3],
    ['has the time of', 5],
  ])(
    'an ident that is not final and %s its webhook is requested again until it is current',
    async (_title, minute) => {
      // Prepare
      const transaction = `not-updated-since-${minute}`;
      sut.simulator.put(identOf(transaction, 'CHECK_PENDING', minute));

      // Act
      await sut.post(identOf(transaction, 'SUCCESS', 5));
      await eventually(() => expect(logged('evidence not fetched yet', idOf(transaction))).not.toEqual([]));
      sut.simulator.put(identOf(transaction, 'SUCCESS', 5));
      const event = await evidenceEvent(transaction);

      // Assess
      expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { outcome: 'approved' } });
      const ident = await evidence.bytes(`${await folderOf(transaction)}/ident.json`);
      expect(JSON.parse(ident.toString()).identificationprocess.result).toBe('SUCCESS');
    },
  );
});

describe.concurrent('a webhook that replaces a result of the same time', () => {
  test('an ident with the replaced result is requested again until it has the new result', async () => {
    // Prepare
    const transaction = 'fraud-at-the-same-time';
    await finish(transaction);
    await evidenceEvent(transaction);

    // Act
    await sut.post(identOf(transaction, 'FRAUD_SUSPICION_CONFIRMED'));
    await eventually(() => expect(logged('evidence not fetched yet', idOf(transaction))).not.toEqual([]));
    sut.simulator.put(identOf(transaction, 'FRAUD_SUSPICION_CONFIRMED'));
    const event = await evidenceEvent(transaction, 4);

    // Assess
    expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { outcome: 'declined' } });
    const ident = await evidence.bytes(`${await folderOf(transaction, 3)}/ident.json`);
    expect(JSON.parse(ident.toString()).identificationprocess.result).toBe('FRAUD_SUSPICION_CONFIRMED');
  });
});

describe.concurrent('the archive of an ident', () => {
  test('the archive has the provider’s files byte for byte, and the manifest lists their size and hash', async () => {
    // Prepare
    const transaction = 'TXN-Bytes';
    await sut.post(identOf(transaction, 'START', 0));
    await sut.post(identOf(transaction, 'CHECK_PENDING', 3));

    // Act
    await finish(transaction, 'SUCCESS_DATA_CHANGED');
    const event = await evidenceEvent(transaction, 4);

    // Assess
    const folder = await folderOf(transaction, 3);
    const generation = await generationOf(transaction);
    const ident = await evidence.provider(`identifications/${transaction}`, account);
    const zip = await evidence.provider(`identifications/${transaction}.zip`, account);
    expect(JSON.parse(ident.toString()).identificationprocess.transactionnumber).toBe(transaction);
    expect(await evidence.keys(`evidence/idnow/idnow!${companyId}!txn-bytes/`)).toEqual([
      `${folder}/ident.json`,
      `${folder}/ident.zip`,
      `${folder}/manifest.json`,
    ]);
    expect((await evidence.bytes(`${folder}/ident.json`)).equals(ident)).toBe(true);
    expect((await evidence.bytes(`${folder}/ident.zip`)).equals(zip)).toBe(true);
    expect(await evidence.contentType(`${folder}/ident.json`)).toBe('application/json');
    expect(await evidence.contentType(`${folder}/ident.zip`)).toBe('application/zip');

    const artifacts = [
      {
        name: 'ident.json',
        key: `${folder}/ident.json`,
        size: ident.byteLength,
        sha256: sha256(ident),
        contentType: 'application/json',
      },
      {
        name: 'ident.zip',
        key: `${folder}/ident.zip`,
        size: zip.byteLength,
        sha256: sha256(zip),
        contentType: 'application/zip',
      },
    ];
    const manifest = await evidence.bytes(`${folder}/manifest.json`);
    expect(JSON.parse(manifest.toString())).toEqual({
      version: 1,
      provider: 'idnow',
      verificationId: idOf(transaction),
      reference: transaction,
      generation,
      sequence: 3,
      archivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      artifacts,
      missing: [],
    });
    expect(event).toMatchObject({
      type: 'idv.evidence.archived.v1',
      id: `${idOf(transaction)}#${generation}.4`,
      data: {
        generation,
        sequence: 4,
        phase: 'completed',
        outcome: 'approved',
        finality: 'final',
        providerStatus: 'SUCCESS_DATA_CHANGED',
        claims: { family_name: expect.any(String) },
        evidence: {
          status: 'archived',
          requestedBy: 3,
          bucket: evidence.bucket,
          manifest: `${folder}/manifest.json`,
          manifestSha256: sha256(manifest),
          artifacts,
          missing: [],
          reason: null,
        },
        changed: ['evidence'],
      },
    });
  });

  test('an ident whose transaction number needs escaping is fetched and archived', async () => {
    // Prepare
    const transaction = 'a/b:c %ü';

    // Act
    await finish(transaction);

    // Assess
    const [, event] = await sut.events.receive(`idnow:${companyId}:a%2Fb%3Ac%20%25%C3%BC`, 2);
    const verification = `idnow!${companyId}!a!!2Fb!!3Ac!!20!!25!!C3!!BC`;
    const folder = `evidence/idnow/${verification}/${event?.data.generation}/000001`;
    expect(event?.data.evidence?.manifest).toBe(`${folder}/manifest.json`);
    expect(
      JSON.parse((await evidence.bytes(`${folder}/ident.json`)).toString()).identificationprocess,
    ).toMatchObject({
      transactionnumber: transaction,
    });
  });

  test('a job that is received again changes nothing', async () => {
    // Prepare
    const transaction = 'again';
    await finish(transaction);
    await evidenceEvent(transaction);
    const manifestKey = `${await folderOf(transaction)}/manifest.json`;
    const before = await evidence.bytes(manifestKey);
    const requests = { ...requestsFor(transaction), login: logins() };

    // Act
    await evidence.sendJob(jobOf(transaction, await generationOf(transaction)));
    await eventually(() => expect(logged('evidence archived', idOf(transaction))).toHaveLength(2));

    // Assess
    expect(requests).toEqual({ ident: 1, zip: 1, login: 1 });
    expect({ ...requestsFor(transaction), login: logins() }).toEqual(requests);
    expect(await evidence.bytes(manifestKey)).toEqual(before);
    await expectNoFurtherEvent(transaction, 2);
  });

  test('the evidence of a job that is received five times at once is archived once', async () => {
    // Prepare
    const transaction = 'at-once';
    sut.simulator.failNext('ident', { status: 'slow', delayMs: 300, path: transaction });

    // Act
    await finish(transaction);
    const job = jobOf(transaction, await generationOf(transaction));
    await Promise.all(Array.from({ length: 4 }, () => evidence.sendJob(job)));
    const event = await evidenceEvent(transaction);
    await eventually(() => expect(logged('evidence archived', idOf(transaction))).toHaveLength(5));

    // Assess
    const stored = await evidence.bytes(`${await folderOf(transaction)}/manifest.json`);
    const manifest = JSON.parse(stored.toString());
    expect(event?.data.evidence?.artifacts).toEqual(manifest.artifacts);
    for (const { key, size, sha256: digest } of manifest.artifacts) {
      const bytes = await evidence.bytes(key);
      expect([bytes.byteLength, sha256(bytes)]).toEqual([size, digest]);
    }
    await expectNoFurtherEvent(transaction, 2);
  });

  test('a revised final result is archived again in the folder of its own sequence', async () => {
    // Prepare
    const transaction = 'revised';
    const fraud = identOf(transaction, 'FRAUD_SUSPICION_CONFIRMED', 5);
    const cleared = identOf(transaction, 'SUCCESS', 30);

    // Act
    sut.simulator.put(fraud);
    await sut.post(fraud);
    await evidenceEvent(transaction, 2);
    sut.simulator.put(cleared);
    await sut.post(cleared);
    const events = await sut.events.receive(idOf(transaction), 4);

    // Assess
    const first = `${await folderOf(transaction, 1)}/manifest.json`;
    const second = `${await folderOf(transaction, 3)}/manifest.json`;
    // The first archive stays in the events until the second archive is complete.
    expect(events.map(({ type, data }) => [type, data.outcome])).toEqual([
      ['idv.verification.decided.v1', 'declined'],
      ['idv.evidence.archived.v1', 'declined'],
      ['idv.verification.revised.v1', 'approved'],
      ['idv.evidence.archived.v1', 'approved'],
    ]);
    expect(events.map(({ data }) => data.evidence)).toMatchObject([
      { status: 'pending', requestedBy: 1, manifest: null },
      { status: 'archived', requestedBy: 1, manifest: first },
      { status: 'pending', requestedBy: 3, manifest: first },
      { status: 'archived', requestedBy: 3, manifest: second },
    ]);
    const results = [1, 3].map(async (sequence) => {
      const ident = await evidence.bytes(`${await folderOf(transaction, sequence)}/ident.json`);
      return JSON.parse(ident.toString()).identificationprocess.result;
    });
    expect(await Promise.all(results)).toEqual(['FRAUD_SUSPICION_CONFIRMED', 'SUCCESS']);
  });

  test.each(['ABORTED', 'CANCELED', 'CHECK_PENDING', 'FRAUD_SUSPICION_PENDING'] as const)(
    'no evidence is requested for an ident that is %s',
    async (state) => {
      // Prepare
      const transaction = `nothing-of-${state}`;

      // Act
      await finish(transaction, state);
      await sut.events.receive(idOf(transaction), 1);
      await finish(`${transaction}-after`);
      await evidenceEvent(`${transaction}-after`);

      // Assess
      expect(requestsFor(transaction)).toEqual({ ident: 0, zip: 0 });
      expect(requestsFor(`${transaction}-after`)).toEqual({ ident: 1, zip: 1 });
      expect(logins()).toBe(1);
      expect(await evidence.keys(`evidence/idnow/idnow!${companyId}!${transaction.toLowerCase()}/`)).toEqual(
        [],
      );
    },
  );
});

interface Failing {
  readonly title: string;
  readonly route: 'ident' | 'zip';
  readonly fault: PlannedError;
  readonly retries: number;
}

const overloaded: PlannedError = { status: 429, headers: { 'retry-after': '2' } };

async function archivesDespiteFault({ title, route, fault, retries }: Failing): Promise<void> {
  // Prepare
  const transaction = `now-${title.replaceAll(' ', '-')}`;
  sut.simulator.failNext(route, { ...fault, path: transaction });

  // Act
  await finish(transaction);
  const event = await evidenceEvent(transaction);

  // Assess
  expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { sequence: 2 } });
  const zip = await evidence.provider(`identifications/${transaction}.zip`, account);
  const ident = await evidence.provider(`identifications/${transaction}`, account);
  const folder = await folderOf(transaction);
  expect((await evidence.bytes(`${folder}/ident.zip`)).equals(zip)).toBe(true);
  expect((await evidence.bytes(`${folder}/ident.json`)).equals(ident)).toBe(true);
  expect(logged('evidence not fetched yet', idOf(transaction))).toHaveLength(retries);
}

describe.concurrent('a provider that fails temporarily', () => {
  test.each<Failing>([
    { title: 'does not know the ident yet', route: 'ident', fault: { status: 404, times: 2 }, retries: 0 },
    { title: 'has the ident but no ZIP yet', route: 'zip', fault: { status: 404 }, retries: 0 },
    { title: 'answers 500', route: 'ident', fault: { status: 500 }, retries: 1 },
    { title: 'answers 503', route: 'zip', fault: { status: 503 }, retries: 1 },
    { title: 'answers 429', route: 'ident', fault: overloaded, retries: 1 },
    { title: 'hangs up without an answer', route: 'ident', fault: { status: 'hang-up' }, retries: 1 },
    {
      title: 'hangs up in the middle of the ident',
      route: 'ident',
      fault: { status: 'hang-up', afterBytes: 100 },
      retries: 1,
    },
    {
      title: 'hangs up in the middle of the ZIP',
      route: 'zip',
      fault: { status: 'hang-up', afterBytes: 1000 },
      retries: 1,
    },
    {
      title: 'sends less than its content-length',
      route: 'zip',
      fault: { status: 'hang-up', afterBytes: 1000, headers: { 'content-length': '5000' } },
      retries: 1,
    },
    { title: 'is slow', route: 'zip', fault: { status: 'slow', delayMs: 500 }, retries: 0 },
  ])('evidence is archived byte for byte after a failure of IDnow’s API: it $title', archivesDespiteFault);

  test('a job waits for the number of seconds in retry-after', async () => {
    // Prepare
    const transaction = 'asks-for-two-seconds';
    sut.simulator.failNext('ident', { ...overloaded, path: transaction });

    // Act
    await finish(transaction);
    await evidenceEvent(transaction);

    // Assess
    const [retry] = logged('evidence not fetched yet', idOf(transaction));
    expect(retry).toMatchObject({
      retryInSeconds: 2,
      error: 'EvidenceError',
      detail: 'GET ident.json: answered 429',
    });
  });

  test('an archived file is not fetched again while another file fails', async () => {
    // Prepare
    const transaction = 'only-the-zip';
    api.fail(`${transaction}.zip`, 500, 2);
    const zip = api.hold(`${transaction}.zip`);

    // Act
    await finish(transaction);
    await zip.answered;
    const folder = await folderOf(transaction);
    await eventually(async () => expect(await evidence.keys(folder)).toEqual([`${folder}/ident.json`]));
    zip.release();
    const event = await evidenceEvent(transaction);

    // Assess
    expect(event?.data.evidence?.artifacts.map(({ name }) => name)).toEqual(['ident.json', 'ident.zip']);
    expect(requestsFor(transaction)).toEqual({ ident: 1, zip: 3 });
  });
});

describe.concurrent('a job that is given up', () => {
  test('a job for an account without an API key publishes the reason no_account and becomes a dead letter', async () => {
    // Act
    await sut.post(identOf('stranger', 'SUCCESS', 5, 'stranger-company'));
    const event = await evidenceEvent('stranger', 2, 'stranger-company');

    // Assess
    expect(event).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        sequence: 2,
        outcome: 'approved',
        evidence: {
          requestedBy: 1,
          bucket: null,
          manifest: null,
          artifacts: [],
          missing: [],
          reason: 'no_account',
        },
      },
    });
    expect(await deadLetterOf('stranger')).toEqual({ reason: 'no_account', sequence: 1 });
  });

  test('a job for a deleted ident requests the ident five times, publishes the reason gone and becomes a dead letter', async () => {
    // Prepare
    const transaction = 'deleted';

    // Act
    await sut.post(identOf(transaction));
    const event = await evidenceEvent(transaction);

    // Assess
    expect(requestsFor(transaction)).toEqual({ ident: 5, zip: 0 });
    expect(event).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        sequence: 2,
        evidence: {
          requestedBy: 1,
          bucket: null,
          manifest: null,
          artifacts: [],
          missing: [],
          reason: 'gone',
        },
      },
    });
    expect(await deadLetterOf(transaction)).toEqual({ reason: 'gone', sequence: 1 });
  });

  test('a job whose file is gone is given up, and its event lists the archived files', async () => {
    // Prepare
    sut.simulator.failNext('zip', { status: 410, times: 5, path: 'without-zip' });

    // Act
    await finish('without-zip');
    const event = await evidenceEvent('without-zip');

    // Assess
    expect(event).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        claims: { family_name: expect.any(String) },
        evidence: {
          status: 'failed',
          bucket: evidence.bucket,
          manifest: null,
          artifacts: [{ name: 'ident.json' }],
          missing: [{ name: 'ident.zip', reason: 'gone' }],
          reason: 'gone',
        },
      },
    });
  });

  test('a job for a verification that is not in the table fetches nothing and becomes a dead letter', async () => {
    // Prepare
    sut.simulator.put(identOf('erased'));

    // Act
    await evidence.sendJob(jobOf('erased'));

    // Assess
    expect(await deadLetterOf('erased')).toEqual({ reason: 'unknown_verification', sequence: 1 });
    expect({ ...requestsFor('erased'), login: logins() }).toEqual({ ident: 0, zip: 0, login: 1 });
    expect(await evidence.keys(`evidence/idnow/idnow!${companyId}!erased/`)).toEqual([]);
  });

  test('a job of another generation of the verification fetches nothing, publishes nothing and becomes a dead letter', async () => {
    // Prepare
    const transaction = 'reborn';
    await finish(transaction);
    await evidenceEvent(transaction);
    const requests = requestsFor(transaction);

    // Act
    await evidence.sendJob(jobOf(transaction, otherGeneration));

    // Assess
    expect(await deadLetterOf(transaction)).toEqual({ reason: 'unknown_verification', sequence: 1 });
    expect(requestsFor(transaction)).toEqual(requests);
    const folder = await folderOf(transaction);
    expect(await evidence.keys(`evidence/idnow/idnow!${companyId}!${transaction}/`)).toEqual(
      ['ident.json', 'ident.zip', 'manifest.json'].map((name) => `${folder}/${name}`),
    );
    await expectNoFurtherEvent(transaction, 2);
  });

  test.each([
    ['is not JSON', 'not json'],
    ['is not a job', '{"hello":"world"}'],
    ['names an unknown provider', JSON.stringify({ ...jobOf('x'), provider: 'acme' })],
    ['has a negative sequence', JSON.stringify({ ...jobOf('x'), sequence: -1 })],
    ['has no generation', JSON.stringify({ ...jobOf('x'), generation: undefined })],
    ['has a generation that is no time', JSON.stringify({ ...jobOf('x'), generation: '1/../2' })],
  ])('a message that is no valid job becomes a dead letter unchanged: it %s', async (_title, body) => {
    // Act
    await evidence.sendJob(body);

    // Assess
    await eventually(async () =>
      expect(await evidence.deadLetters()).toContainEqual({ body, reason: 'invalid' }),
    );
  });
});

// The following tests run one after the other: each needs the login session or the job queue for itself alone.
describe('an expired session or a refused login', () => {
  test('the IDnow fetcher renews an expired login session with exactly one login', async () => {
    // Prepare
    const login = logins();
    sut.simulator.expireTokens();
    const transactions = ['expired-1', 'expired-2', 'expired-3'];

    // Act
    await Promise.all(transactions.map((transaction) => finish(transaction)));
    for (const transaction of transactions) await evidenceEvent(transaction);

    // Assess
    expect(logins()).toBe(login + 1);
    for (const transaction of transactions) {
      expect(logged('evidence not fetched yet', idOf(transaction))).toEqual([]);
    }
  });

  test.each<Failing>([
    { title: 'refuses one token', route: 'zip', fault: { status: 401 }, retries: 0 },
    { title: 'refuses two tokens', route: 'ident', fault: { status: 401, times: 2 }, retries: 1 },
  ])('evidence is archived byte for byte after a failure of IDnow’s API: it $title', archivesDespiteFault);

  test('the IDnow fetcher tries a refused login again after a pause', async () => {
    // Prepare
    sut.simulator.expireTokens();
    sut.simulator.failNext('login', { status: 401, times: 2 });
    const login = logins();

    // Act
    await finish('login-refused');
    const event = await evidenceEvent('login-refused');

    // Assess
    expect(event?.type).toBe('idv.evidence.archived.v1');
    expect(logins()).toBe(login + 3);
    // While the fetcher pauses after a refused login, it does not request the second file. Instead, it logs the length
    // of the pause. The second pause lasts two seconds, so that even a slow machine reaches the second file during this
    // pause.
    const refused = logged('evidence not fetched yet', idOf('login-refused'));
    expect(Math.max(...refused.map(({ retryInSeconds }) => retryInSeconds))).toBeGreaterThan(1);
  });
});

test('a job that was given up is archived after an operator sends it again', async () => {
  // Prepare
  sut.simulator.put(identOf('deleted'));

  // Act
  await evidence.sendJob(jobOf('deleted', await generationOf('deleted')));
  const event = await evidenceEvent('deleted', 3);

  // Assess
  expect(event).toMatchObject({
    type: 'idv.evidence.archived.v1',
    data: { sequence: 3, evidence: { requestedBy: 1, missing: [], reason: null } },
  });
});

test('a job with an API key that the provider refuses is tried again and not given up', async () => {
  // Act
  await sut.post(identOf('patient', 'SUCCESS', 5, misconfigured.companyId));
  const verificationId = idOf('patient', misconfigured.companyId);
  await eventually(() =>
    expect(logged('evidence not fetched yet', verificationId).length).toBeGreaterThan(1),
  );

  // Assess
  const refused = logged('evidence not fetched yet', verificationId);
  expect(refused[0]).toMatchObject({ detail: 'POST login: answered 401' });
  expect(Math.max(...refused.map(({ retryInSeconds }) => retryInSeconds))).toBeGreaterThan(2);
  expect(logged('evidence given up', verificationId)).toEqual([]);
  await eventually(async () => expect(await evidence.openJobs()).toBe(1));
});

/** A generation that no verification of these tests has. */
const otherGeneration = '20200101T000000Z';

/** Returns the job that the first event of a verification requests. */
function jobOf(transactionNumber: string, generation = otherGeneration) {
  return {
    provider: 'idnow',
    verificationId: idOf(transactionNumber),
    reference: transactionNumber,
    generation,
    sequence: 1,
    providerStatus: 'SUCCESS',
    requestedAt: new Date().toISOString(),
  };
}

/** Waits for a later event of another verification, and checks that the first verification has no further event. */
async function expectNoFurtherEvent(transactionNumber: string, count: number): Promise<void> {
  const after = `${transactionNumber}-after`;
  await finish(after);
  await evidenceEvent(after);
  expect(await sut.events.receive(idOf(transactionNumber), count)).toHaveLength(count);
}

async function deadLetterOf(transactionNumber: string) {
  return await eventually(async () => {
    const found = (await evidence.deadLetters()).find(({ body }) => body.includes(`:${transactionNumber}"`));
    expect(found).toBeDefined();
    return { reason: found?.reason, sequence: JSON.parse(found?.body ?? '').sequence };
  });
}
