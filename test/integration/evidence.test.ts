import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../local/simulators/faults.ts';
import type { IdentState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import { type ProviderProxy, providerProxy } from '../support/provider-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const account = { companyId, apiKey: 'a-test-api-key' };
/** An account whose API key the provider does not know. */
const misconfigured = { companyId: 'wrongkey', apiKey: 'wrong' };

let sut: SystemUnderTest;
/** Between the system and the simulator. */
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
    // The pause after a login that was refused takes a second: long enough for a case to see it.
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
  `evidence/idnow/idnow!${companyId}!${transactionNumber.toLowerCase()}/${String(sequence).padStart(6, '0')}`;

/** The provider has the ident, and tells us so. */
async function finish(transactionNumber: string, state: IdentState = 'SUCCESS'): Promise<void> {
  const ident = identOf(transactionNumber, state);
  sut.simulator.put(ident);
  expect((await sut.post(ident)).status).toBe(200);
}

/** Waits for the event that says how the evidence ended. */
async function evidenceEvent(transactionNumber: string, count = 2, company = companyId) {
  const events = await sut.events.receive(idOf(transactionNumber, company), count);
  expect(events).toHaveLength(count);
  return events[count - 1];
}

const logins = () => api.requests.filter((line) => line === `POST /api/v1/${companyId}/login`).length;
/** How often each file of a transaction was asked for. */
function asked(transactionNumber: string) {
  const ident = `GET /api/v1/${companyId}/identifications/${encodeURIComponent(transactionNumber)}`;
  const times = (request: string) => api.requests.filter((line) => line === request).length;
  return { ident: times(ident), zip: times(`${ident}.zip`) };
}

const logged = (message: string, verificationId: string) =>
  sut.logs
    .filter((line) => line.includes(message) && line.includes(verificationId))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));

// First: the system must never have logged in.
test('jobs of several verifications share one login', async () => {
  // Prepare
  const transactions = Array.from({ length: 8 }, (_, index) => `login-${index}`);

  // Act
  await Promise.all(transactions.map((transaction) => finish(transaction)));
  for (const transaction of transactions) await evidenceEvent(transaction);

  // Assess
  expect(sut.simulator.requests).toMatchObject({ login: 1, ident: 8, zip: 8 });
});

// Side by side: each case has a transaction of its own, and none of them changes the session.
describe.concurrent('archiving', () => {
  test('stores what the provider has byte for byte, and its own measure of it in the manifest', async () => {
    // Prepare
    const transaction = 'TXN-Bytes';
    await sut.post(identOf(transaction, 'START', 0));
    await sut.post(identOf(transaction, 'CHECK_PENDING', 3));

    // Act
    await finish(transaction, 'SUCCESS_DATA_CHANGED');
    const event = await evidenceEvent(transaction, 4);

    // Assess
    const folder = folderOf(transaction, 3);
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
    expect(JSON.parse((await evidence.bytes(`${folder}/manifest.json`)).toString())).toEqual({
      version: 1,
      provider: 'idnow',
      verificationId: idOf(transaction),
      reference: transaction,
      sequence: 3,
      archivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      artifacts,
      missing: [],
    });
    expect(event).toMatchObject({
      type: 'idv.evidence.archived.v1',
      id: `${idOf(transaction)}#4`,
      data: {
        sequence: 4,
        phase: 'completed',
        outcome: 'approved',
        finality: 'final',
        providerStatus: 'SUCCESS_DATA_CHANGED',
        evidence: {
          requestedBy: 3,
          bucket: evidence.bucket,
          manifest: `${folder}/manifest.json`,
          artifacts,
          missing: [],
          reason: null,
        },
      },
    });
  });

  test('a transaction number that needs escaping is fetched and stored under its own name', async () => {
    // Prepare
    const transaction = 'a/b:c %ü';

    // Act
    await finish(transaction);

    // Assess
    const [, event] = await sut.events.receive(`idnow:${companyId}:a%2Fb%3Ac%20%25%C3%BC`, 2);
    const folder = `evidence/idnow/idnow!${companyId}!a!!2Fb!!3Ac!!20!!25!!C3!!BC/000001`;
    expect(event?.data.evidence?.manifest).toBe(`${folder}/manifest.json`);
    expect(
      JSON.parse((await evidence.bytes(`${folder}/ident.json`)).toString()).identificationprocess,
    ).toMatchObject({
      transactionnumber: transaction,
    });
  });

  test('a job that comes again changes nothing', async () => {
    // Prepare
    const transaction = 'again';
    await finish(transaction);
    await evidenceEvent(transaction);
    const before = await evidence.bytes(`${folderOf(transaction)}/manifest.json`);
    const requests = { ...asked(transaction), login: logins() };

    // Act
    await evidence.sendJob(jobOf(transaction));
    await eventually(() => expect(logged('evidence archived', idOf(transaction))).toHaveLength(2));

    // Assess
    expect(requests).toEqual({ ident: 1, zip: 1, login: 1 });
    expect({ ...asked(transaction), login: logins() }).toEqual(requests);
    expect(await evidence.bytes(`${folderOf(transaction)}/manifest.json`)).toEqual(before);
    await nothingMore(transaction, 2);
  });

  test('a job that comes five times at once is archived once', async () => {
    // Prepare
    const transaction = 'at-once';
    sut.simulator.failNext('ident', { status: 'slow', delayMs: 300, path: transaction });

    // Act
    await finish(transaction);
    await Promise.all(Array.from({ length: 4 }, () => evidence.sendJob(jobOf(transaction))));
    const event = await evidenceEvent(transaction);
    await eventually(() => expect(logged('evidence archived', idOf(transaction))).toHaveLength(5));

    // Assess
    const manifest = JSON.parse((await evidence.bytes(`${folderOf(transaction)}/manifest.json`)).toString());
    expect(event?.data.evidence?.artifacts).toEqual(manifest.artifacts);
    for (const { key, size, sha256: digest } of manifest.artifacts) {
      const bytes = await evidence.bytes(key);
      expect([bytes.byteLength, sha256(bytes)]).toEqual([size, digest]);
    }
    await nothingMore(transaction, 2);
  });

  test('a final result that is revised is archived again, under its own sequence', async () => {
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
    expect(events.map(({ type, data }) => [type, data.outcome, data.evidence?.manifest ?? null])).toEqual([
      ['idv.verification.decided.v1', 'declined', null],
      ['idv.evidence.archived.v1', 'declined', `${folderOf(transaction, 1)}/manifest.json`],
      ['idv.verification.revised.v1', 'approved', null],
      ['idv.evidence.archived.v1', 'approved', `${folderOf(transaction, 3)}/manifest.json`],
    ]);
    const results = [1, 3].map(async (sequence) => {
      const ident = await evidence.bytes(`${folderOf(transaction, sequence)}/ident.json`);
      return JSON.parse(ident.toString()).identificationprocess.result;
    });
    expect(await Promise.all(results)).toEqual(['FRAUD_SUSPICION_CONFIRMED', 'SUCCESS']);
  });

  test.each(['ABORTED', 'CANCELED', 'CHECK_PENDING', 'FRAUD_SUSPICION_PENDING'] as const)(
    'asks for nothing of what is %s',
    async (state) => {
      // Prepare
      const transaction = `nothing-of-${state}`;

      // Act
      await finish(transaction, state);
      await sut.events.receive(idOf(transaction), 1);
      await finish(`${transaction}-after`);
      await evidenceEvent(`${transaction}-after`);

      // Assess
      expect(asked(transaction)).toEqual({ ident: 0, zip: 0 });
      expect(asked(`${transaction}-after`)).toEqual({ ident: 1, zip: 1 });
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
  readonly fault: Fault;
  readonly retries: number;
}

const overloaded: Fault = { status: 429, headers: { 'retry-after': '2' } };

async function archivesAllTheSame({ title, route, fault, retries }: Failing): Promise<void> {
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
  expect((await evidence.bytes(`${folderOf(transaction)}/ident.zip`)).equals(zip)).toBe(true);
  expect((await evidence.bytes(`${folderOf(transaction)}/ident.json`)).equals(ident)).toBe(true);
  expect(logged('evidence not fetched yet', idOf(transaction))).toHaveLength(retries);
}

describe.concurrent('a provider that fails for now', () => {
  test.each<Failing>([
    { title: 'knows nothing of the ident yet', route: 'ident', fault: { status: 404, times: 2 }, retries: 0 },
    { title: 'has the ident but no ZIP yet', route: 'zip', fault: { status: 404 }, retries: 0 },
    { title: 'fails', route: 'ident', fault: { status: 500 }, retries: 1 },
    { title: 'is down', route: 'zip', fault: { status: 503 }, retries: 1 },
    { title: 'says when to come back', route: 'ident', fault: overloaded, retries: 1 },
    { title: 'hangs up', route: 'ident', fault: { status: 'hang-up' }, retries: 1 },
    {
      title: 'breaks off in the middle of the ident',
      route: 'ident',
      fault: { status: 'hang-up', afterBytes: 100 },
      retries: 1,
    },
    {
      title: 'breaks off in the middle of the ZIP',
      route: 'zip',
      fault: { status: 'hang-up', afterBytes: 1000 },
      retries: 1,
    },
    {
      title: 'announces more than it sends',
      route: 'zip',
      fault: { status: 'hang-up', afterBytes: 1000, headers: { 'content-length': '5000' } },
      retries: 1,
    },
    { title: 'is slow', route: 'zip', fault: { status: 'slow', delayMs: 500 }, retries: 0 },
  ])('$title: archived all the same, and nothing broken is kept', archivesAllTheSame);

  test('waits as long as the provider asks for', async () => {
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

  test('what has been archived is kept while the rest fails', async () => {
    // Prepare
    const transaction = 'only-the-zip';
    api.fail(`${transaction}.zip`, 500, 2);
    const zip = api.hold(`${transaction}.zip`);

    // Act
    await finish(transaction);
    await zip.answered;
    await eventually(async () =>
      expect(await evidence.keys(folderOf(transaction))).toEqual([`${folderOf(transaction)}/ident.json`]),
    );
    zip.release();
    const event = await evidenceEvent(transaction);

    // Assess
    expect(event?.data.evidence?.artifacts.map(({ name }) => name)).toEqual(['ident.json', 'ident.zip']);
    expect(asked(transaction)).toEqual({ ident: 1, zip: 3 });
  });
});

describe.concurrent('a job that is given up', () => {
  test('of an account without a key says so, and is kept', async () => {
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

  test('of an ident that the provider has deleted is asked for five times, then says so, and is kept', async () => {
    // Prepare
    const transaction = 'deleted';

    // Act
    await sut.post(identOf(transaction));
    const event = await evidenceEvent(transaction);

    // Assess
    expect(asked(transaction)).toEqual({ ident: 5, zip: 1 });
    expect(event).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        sequence: 2,
        evidence: {
          requestedBy: 1,
          bucket: null,
          manifest: null,
          artifacts: [],
          missing: [
            { name: 'ident.json', reason: 'gone' },
            { name: 'ident.zip', reason: 'gone' },
          ],
          reason: 'gone',
        },
      },
    });
    expect(await deadLetterOf(transaction)).toEqual({ reason: 'gone', sequence: 1 });
  });

  test('a result that lacks a file for good is given up, and says what there is', async () => {
    // Prepare
    sut.simulator.failNext('zip', { status: 410, times: 5, path: 'without-zip' });

    // Act
    await finish('without-zip');
    const event = await evidenceEvent('without-zip');

    // Assess
    expect(event).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        evidence: {
          bucket: evidence.bucket,
          manifest: null,
          artifacts: [{ name: 'ident.json' }],
          missing: [{ name: 'ident.zip', reason: 'gone' }],
          reason: 'gone',
        },
      },
    });
  });

  test('of a verification that is no longer in the table is kept, and fetches nothing', async () => {
    // Prepare
    sut.simulator.put(identOf('erased'));

    // Act
    await evidence.sendJob(jobOf('erased'));

    // Assess
    expect(await deadLetterOf('erased')).toEqual({ reason: 'unknown_verification', sequence: 1 });
    expect({ ...asked('erased'), login: logins() }).toEqual({ ident: 0, zip: 0, login: 1 });
    expect(await evidence.keys(folderOf('erased'))).toEqual([]);
  });

  test.each([
    ['is not JSON', 'not json'],
    ['is no job', '{"hello":"world"}'],
    ['is of an unknown provider', JSON.stringify({ ...jobOf('x'), provider: 'acme' })],
    ['has a sequence of nothing', JSON.stringify({ ...jobOf('x'), sequence: 0 })],
  ])('a message that %s is kept as it is', async (_title, body) => {
    // Act
    await evidence.sendJob(body);

    // Assess
    await eventually(async () =>
      expect(await evidence.deadLetters()).toContainEqual({ body, reason: 'invalid' }),
    );
  });
});

// One after the other: from here on, each case needs the session, or the queue of jobs, for itself.
describe('a provider that fails for now', () => {
  test('a session that has ended is renewed by exactly one more login', async () => {
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
    { title: 'refuses the token once', route: 'zip', fault: { status: 401 }, retries: 0 },
    { title: 'refuses every token', route: 'ident', fault: { status: 401, times: 2 }, retries: 1 },
  ])('$title: archived all the same, and nothing broken is kept', archivesAllTheSame);

  test('a login that is refused is tried again, after a pause', async () => {
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
    // Of two files, the second is not even asked for: it says how long the pause is. The second pause is the longer one,
    // and lasts two seconds here: also on a slow machine, the second file comes within it.
    const refused = logged('evidence not fetched yet', idOf('login-refused'));
    expect(Math.max(...refused.map(({ retryInSeconds }) => retryInSeconds))).toBeGreaterThan(1);
  });
});

test('a job that was given up can be sent again by hand, and is archived then', async () => {
  // Prepare
  sut.simulator.put(identOf('deleted'));

  // Act
  await evidence.sendJob(jobOf('deleted'));
  const event = await evidenceEvent('deleted', 3);

  // Assess
  expect(event).toMatchObject({
    type: 'idv.evidence.archived.v1',
    data: { sequence: 3, evidence: { requestedBy: 1, missing: [], reason: null } },
  });
});

test('an API key that the provider does not know is tried again, not given up', async () => {
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

/** The job that the first event of a verification asks for. */
function jobOf(transactionNumber: string) {
  return {
    provider: 'idnow',
    verificationId: idOf(transactionNumber),
    reference: transactionNumber,
    sequence: 1,
    providerStatus: 'SUCCESS',
    requestedAt: new Date().toISOString(),
  };
}

/** A later event of another verification has come, and none of this one. */
async function nothingMore(transactionNumber: string, count: number): Promise<void> {
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
