import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { makeDatakeenWebhook } from '../../local/simulators/datakeen/make-webhook.ts';
import {
  type DatakeenSimulator,
  startDatakeenSimulator,
} from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import type { Id360ReportOptions } from '../../local/simulators/id360/report-options.ts';
import {
  type Id360Simulator,
  startId360Simulator,
} from '../../local/simulators/id360/start-id360-simulator.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import {
  type IdnowSimulator,
  startIdnowSimulator,
} from '../../local/simulators/idnow/start-idnow-simulator.ts';
import { tinyJpeg } from '../../local/simulators/specimen-files/tiny-images.ts';
import { tinyPdf } from '../../local/simulators/specimen-files/tiny-pdf.ts';
import * as datakeenSettings from '../support/datakeen-under-test.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import * as id360Settings from '../support/id360-under-test.ts';
import { type MisbehavingProxy, type Misbehaviour, misbehavingProxy } from '../support/misbehaving-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

/** One artifact in the list that an evidence event contains. */
interface Archived {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly contentType: string;
  readonly providerHash?: unknown;
}

const apiKey = 'a-test-api-key';
let idnow: IdnowSimulator;
let id360: Id360Simulator;
let datakeen: DatakeenSimulator;
let idnowApi: MisbehavingProxy;
let id360Api: MisbehavingProxy;
let datakeenApi: MisbehavingProxy;
let sut: SystemUnderTest;
let evidence: ReturnType<typeof evidenceOf>;

beforeAll(async () => {
  const accounts = [{ companyId, apiKey }];
  idnow = await startIdnowSimulator({ accounts });
  id360 = await startId360Simulator({ ...id360Settings.account, notReady: 0 });
  datakeen = await startDatakeenSimulator({ ...datakeenSettings.account, notReady: 0 });
  idnowApi = await misbehavingProxy(idnow.url);
  id360Api = await misbehavingProxy(id360.url);
  datakeenApi = await misbehavingProxy(datakeen.url);
  sut = await startSystemUnderTest({
    idnow: { apiUrl: idnowApi.url, accounts },
    id360: {
      ...id360Settings.account,
      apiUrl: id360Api.url,
      callbackHeader: {
        name: id360Settings.callbackHeader.name,
        values: [...id360Settings.callbackHeader.values],
      },
      urlSecrets: [...id360Settings.urlSecrets],
      sourceIps: [],
      idclaimPath: '/api/1.0.0/enrollment/{id}/idclaim',
      pdfPath: '/api/1.0.0/enrollment/{id}/report/pdf',
    },
    datakeen: {
      ...datakeenSettings.account,
      apiUrl: datakeenApi.url,
      authorizationScheme: 'Basic',
      urlSecrets: [...datakeenSettings.urlSecrets],
      sourceIps: [],
      newStatusFrom: 'every-url',
    },
  });
  evidence = evidenceOf(sut);
});
afterAll(async () => {
  await sut?.stop();
  await Promise.all([idnowApi, id360Api, datakeenApi].map((proxy) => proxy?.stop()));
  await Promise.all([idnow, id360, datakeen].map((simulator) => simulator?.stop()));
});

/** Waits for the evidence event of a verification. */
async function evidenceEvent(subject: string) {
  const events = await sut.events.receive(subject, 2, 60_000);
  const event = events.find(({ type }) => type.startsWith('idv.evidence.'));
  if (event === undefined) throw new Error(`no evidence for ${subject}: ${events.map(({ type }) => type)}`);
  return event;
}

async function archived(subject: string, name: string): Promise<Archived & { bytes: Buffer }> {
  const event = await evidenceEvent(subject);
  expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { evidence: { missing: [] } } });
  const artifact = event.data.evidence?.artifacts.find((each) => each.name === name);
  if (artifact === undefined) throw new Error(`${name} is not among the artifacts`);
  const bytes = await evidence.bytes(artifact.key);
  expect(artifact).toMatchObject({ size: bytes.byteLength, sha256: sha256(bytes) });
  return { ...artifact, bytes };
}

const requestCount = (proxy: MisbehavingProxy, path: RegExp) =>
  proxy.requests.filter((line) => path.test(line)).length;

const text = (body: string, type = 'text/plain'): Misbehaviour => ({
  status: 200,
  body,
  headers: { 'content-type': type },
});
const jsonError = text('{"errors":[{"cause":"INTERNAL_ERROR"}]}', 'application/json');
const plainText = text('Service temporarily unavailable');
const hiddenHtml = text('<!doctype html><title>Maintenance</title>', 'application/octet-stream');
const closed: Misbehaviour = { cut: 'close' };
const reset: Misbehaviour = { cut: 'reset' };
const lastChunk: Misbehaviour = { cut: 'last-chunk' };

/** Wrong first answers of a provider to the request of a file. The tests use each of them for each kind of file. */
const noResults: [string, Misbehaviour][] = [
  ['a JSON error with status 200', jsonError],
  ['plain text with status 200', plainText],
  ['a web page sent as octet-stream', hiddenHtml],
  ['an empty body with status 200', { status: 200, body: '' }],
  ['half of the file before the connection closes', closed],
  ['half of the file before the connection is reset', reset],
  ['half of the file with a proper last chunk', lastChunk],
  ['status 204', { status: 204 }],
  ['status 400', { status: 400, body: '{}' }],
  ['status 409', { status: 409 }],
  ['status 422', { status: 422 }],
];

/** Wrong first answers that look right: status 200 and the usual headers, but not the whole file. */
const spoiled: [string, Misbehaviour][] = [
  ['a web page sent as octet-stream', hiddenHtml],
  ['half of the file before the connection closes', closed],
  ['half of the file before the connection is reset', reset],
  ['half of the file with a proper last chunk', lastChunk],
];

let lastTransaction = 0;

describe.concurrent('an artifact of IDnow', () => {
  async function finish(transactionNumber: string) {
    const time = new Date('2026-11-22T10:05:00Z');
    const ident = makeIdent({ companyId, transactionNumber, state: 'SUCCESS', time });
    idnow.put(ident);
    expect((await sut.post(ident)).status).toBe(200);
    return `idnow:${companyId}:${transactionNumber}`;
  }

  /** The files of an ident, by name, with the end of their path at IDnow. */
  const identFiles = { 'ident.json': '', 'ident.zip': '.zip' } as const;
  type IdentFile = keyof typeof identFiles;
  const bothFiles: IdentFile[] = ['ident.json', 'ident.zip'];

  test.each<[string, IdentFile[], Misbehaviour]>([
    ...noResults.map(([what, how]): [string, IdentFile[], Misbehaviour] => [what, bothFiles, how]),
    [
      'the ident of another transaction',
      ['ident.json'],
      { change: (bytes: Buffer) => Buffer.from(bytes.toString().replaceAll('artifact-', 'other-')) },
    ],
    ['an empty object', ['ident.json'], { status: 200, body: '{}' }],
    ['the ident instead of the ZIP', ['ident.zip'], text('{"identificationprocess":{}}')],
  ])(
    'if the first answer is %s, %j are requested again from IDnow and archived',
    async (_what, names, how) => {
      // Prepare
      const transaction = `artifact-${++lastTransaction}`;
      const files = names.map((name) => ({ name, suffix: identFiles[name] }));
      const pathOf = (suffix: string) =>
        new RegExp(`/identifications/${transaction}${suffix.replace('.', '\\.')}$`);
      for (const { suffix } of files) idnowApi.misbehave(pathOf(suffix), how);

      // Act
      const subject = await finish(transaction);

      // Assess
      for (const { name, suffix } of files) {
        const { bytes } = await archived(subject, name);
        expect(bytes.equals(await fetchFromIdnow(transaction, suffix))).toBe(true);
        expect(requestCount(idnowApi, pathOf(suffix))).toBe(2);
      }
    },
  );

  async function logIn(): Promise<string> {
    const login = await fetch(`${idnow.url}/api/v1/${companyId}/login`, {
      method: 'POST',
      body: JSON.stringify({ apiKey }),
    });
    return JSON.parse(await login.text()).authToken;
  }

  /** The login of these tests, which they share. It is separate from the login of the system. */
  let loggedIn: Promise<string> | undefined;

  async function fetchFromIdnow(transaction: string, suffix: string): Promise<Buffer> {
    loggedIn ??= logIn();
    const headers = { 'x-api-login-token': await loggedIn };
    const url = `${idnow.url}/api/v1/${companyId}/identifications/${transaction}${suffix}`;
    const answer = await fetch(url, { headers });
    return Buffer.from(await answer.arrayBuffer());
  }

  test('a ZIP is requested again even after five answers with status 400', async () => {
    // Prepare
    const transaction = `artifact-${++lastTransaction}`;
    const path = new RegExp(`/identifications/${transaction}\\.zip$`);
    idnowApi.misbehave(path, ...Array.from({ length: 5 }, () => ({ status: 400 })));

    // Act
    const { bytes } = await archived(await finish(transaction), 'ident.zip');

    // Assess
    expect(bytes.equals(await fetchFromIdnow(transaction, '.zip'))).toBe(true);
  });
});

describe.concurrent('an artifact of ID360', () => {
  let lastId = 70_000;

  async function finish(
    id: number,
    options: Partial<Id360ReportOptions> = {},
    hashes: 'hashed' | 'bare' = 'hashed',
  ) {
    const report = makeId360Report({ id, status: 'OK', documents: ['identity_mie'], ...options });
    id360.put(hashes === 'hashed' ? report : withoutHashes(report));
    const headers = id360Settings.token;
    const answer = await sut.post(makeId360Callback({ id, status: 'OK' }), {
      path: '/webhooks/id360',
      headers,
    });
    expect(answer.status).toBe(200);
    return `id360:${id}`;
  }

  const withoutHashes = (report: ReturnType<typeof makeId360Report>) =>
    JSON.parse(JSON.stringify(report, (key, value) => (key.startsWith('hash') ? undefined : value)));

  /** Matches the path of a document's first page. @param index the document's position in the report */
  const page = (id: number, index = 0) =>
    new RegExp(`/document/${id}0${index}/file_contents/\\?page_number=0$`);
  const pageName = (id: number, { name = 'identity/idd', index = 0, extension = 'jpg' } = {}) =>
    `documents/${name}-${id}0${index}-0.${extension}`;

  test.each(noResults)(
    'a document is requested again and archived with its hash if the first answer is %s',
    async (_what, how) => {
      // Prepare
      const id = ++lastId;
      id360Api.misbehave(page(id), how);

      // Act
      const { bytes, providerHash } = await archived(await finish(id), pageName(id));

      // Assess
      const value = createHash('md5').update(bytes).digest('hex');
      expect(providerHash).toEqual({ algorithm: 'MD5', value, matched: true });
      expect(requestCount(id360Api, page(id))).toBe(2);
    },
  );

  test.each(spoiled)(
    'files without a hash are requested again from ID360 if the first answer is %s',
    async (_what, how) => {
      // Prepare
      const id = ++lastId;
      const files = [
        { kind: 'identity_mie', name: 'identity/idd', type: 'image/jpeg', extension: 'jpg' },
        { kind: 'kbis', name: 'kbis/kbis_image', type: 'application/pdf', extension: 'pdf' },
        { kind: 'liveness', name: 'liveness/liveness_video$0', type: 'video/mp4', extension: 'mp4' },
      ] as const;
      for (const index of files.keys()) id360Api.misbehave(page(id, index), how);

      // Act
      const subject = await finish(id, { documents: files.map(({ kind }) => kind) }, 'bare');

      // Assess
      for (const [index, { name, type, extension }] of files.entries()) {
        const file = await archived(subject, pageName(id, { name, index, extension }));
        const real = await fetchFromId360(`document/${id}0${index}/file_contents/?page_number=0`);
        expect(file.bytes.equals(real)).toBe(true);
        expect(file.contentType).toBe(type);
        expect(file).not.toHaveProperty('providerHash');
        expect(requestCount(id360Api, page(id, index))).toBe(2);
      }
    },
  );

  async function logIn(): Promise<string> {
    const body = JSON.stringify(id360Settings.account);
    const login = await fetch(`${id360.url}/api/1.0.0/user/login/`, { method: 'POST', body });
    return JSON.parse(await login.text()).token;
  }

  /** The login of these tests, which they share. It is separate from the login of the system. */
  let loggedIn: Promise<string> | undefined;

  async function fetchFromId360(path: string): Promise<Buffer> {
    loggedIn ??= logIn();
    const headers = { authorization: `Token ${await loggedIn}` };
    const answer = await fetch(`${id360.url}/api/1.0.0/${path}`, { headers });
    return Buffer.from(await answer.arrayBuffer());
  }

  test('an image that does not match its hash is requested again', async () => {
    // Prepare
    const id = ++lastId;
    const change = () => tinyJpeg('of somebody else');
    id360Api.misbehave(page(id), { change }, { change }, { change });

    // Act
    const { bytes } = await archived(await finish(id), pageName(id));

    // Assess
    expect(bytes.includes('of somebody else')).toBe(false);
    expect(requestCount(id360Api, page(id))).toBe(4);
  });

  test('a document with a wrong Content-Type is archived with the type of its content', async () => {
    // Prepare
    const id = ++lastId;
    const pdf = tinyPdf('a scan');
    id360Api.misbehave(page(id), { change: () => pdf, headers: { 'content-type': 'image/jpeg' } });

    // Act
    const { bytes, contentType } = await archived(
      await finish(id, {}, 'bare'),
      pageName(id, { extension: 'pdf' }),
    );

    // Assess
    expect([bytes.equals(pdf), contentType]).toEqual([true, 'application/pdf']);
    expect(requestCount(id360Api, page(id))).toBe(1);
  });

  test.each([
    ['idclaim.asice', 'idclaim'],
    ['report.pdf', 'report/pdf'],
  ])('an ID360 file is requested again until its content is valid: %s', async (name, path) => {
    // Prepare
    const id = ++lastId;
    id360Api.misbehave(new RegExp(`/enrollment/${id}/${path}$`), jsonError, hiddenHtml, reset);

    // Act
    const { bytes } = await archived(await finish(id, { documents: [] }), name);

    // Assess
    expect(bytes.equals(await fetchFromId360(`enrollment/${id}/${path}`))).toBe(true);
  });

  test.each([
    ...noResults,
    ['a JSON error whose status field is KO', text('{"status":"KO","detail":"internal error"}')],
    [
      'the report of another enrollment',
      { change: (bytes: Buffer) => Buffer.from(bytes.toString().replace(/"id": \d+/, '"id": 1')) },
    ],
  ] satisfies [string, Misbehaviour][])(
    'a report decides nothing and is requested again if the first answer is %s',
    async (_what, how) => {
      // Prepare
      const id = ++lastId;
      id360Api.misbehave(new RegExp(`/enrollment/${id}/report$`), how);

      // Act
      const { bytes } = await archived(await finish(id, { documents: [] }), 'report.json');

      // Assess
      expect(bytes.equals(await fetchFromId360(`enrollment/${id}/report`))).toBe(true);
      const events = await sut.events.receive(`id360:${id}`, 2);
      expect(events.map(({ data }) => data.outcome)).toEqual(['approved', 'approved']);
    },
  );
});

describe.concurrent('an artifact of Datakeen', () => {
  let lastSession = 0xd00000;

  test.each([
    ...noResults,
    ['a JSON error of an API gateway', text('{"message":"Internal server error"}', 'application/json')],
    ['a session with an error', text('{"status":200,"data":{"error":"timeout"}}', 'application/json')],
    [
      'the session of another person',
      {
        change: (bytes: Buffer) =>
          Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), sessionId: 'f'.repeat(24) })),
      },
    ],
  ] satisfies [string, Misbehaviour][])(
    'a Datakeen session decides nothing and is requested again if the first answer is %s',
    async (_what, how) => {
      // Prepare
      const sessionId = `662f5f9c9c18e30012${(++lastSession).toString(16)}`;
      const state = makeDatakeenSession({ sessionId });
      datakeen.put(state);
      const path = new RegExp(`/session/${sessionId}$`);
      datakeenApi.misbehave(path, how);

      // Act
      const body = makeDatakeenWebhook({ sessionId });
      await sut.post(body, { path: datakeenSettings.signedPath(`case-${lastSession}`), headers: {} });
      const events = await sut.events.receive(`datakeen:${sessionId}`, 3, 60_000);

      // Assess
      expect(events.map(({ data }) => data.outcome)).toEqual([null, 'approved', 'approved']);
      const stored = await evidence.bytes(`${await evidence.folder(`datakeen:${sessionId}`)}/session.json`);
      expect(JSON.parse(stored.toString())).toEqual(state.result);
      expect(requestCount(datakeenApi, path)).toBe(2);
    },
  );
});
