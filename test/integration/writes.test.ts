import { randomBytes } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type DatakeenSimulator,
  startDatakeenSimulator,
} from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import {
  type Id360Simulator,
  startId360Simulator,
} from '../../local/simulators/id360/start-id360-simulator.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { readId360Report } from '../../shared/providers/id360/read-report.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { type FaultyProxy, faultyProxy } from '../support/faulty-proxy.ts';
import { deliveryRows, rawBody } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { contentOfPut } from '../support/verification-rows.ts';

const KiB = 1024;
const account = { username: 'app', password: 'a-test-password' };
const token = { 'x-callback-token': 'a-test-token' };

let sut: SystemUnderTest;
let id360: Id360Simulator;
let datakeen: DatakeenSimulator;
let proxy: FaultyProxy;
let bucket: ReturnType<typeof evidenceOf>;

beforeAll(async () => {
  proxy = faultyProxy();
  id360 = await startId360Simulator(account);
  datakeen = await startDatakeenSimulator(account);
  sut = await startSystemUnderTest({
    mostInstances: 2,
    id360: {
      ...account,
      apiUrl: id360.url,
      callbackHeader: { name: 'x-callback-token', values: [token['x-callback-token']] },
      urlSecrets: [],
      sourceIps: [],
      idclaimPath: null,
      pdfPath: null,
    },
    datakeen: {
      ...account,
      apiUrl: datakeen.url,
      authorizationScheme: 'Basic',
      urlSecrets: ['s'],
      sourceIps: [],
      newStatusFrom: 'every-url',
    },
    interceptEndpoint: proxy.intercept,
  });
  bucket = evidenceOf(sut);
});
afterEach(() => {
  proxy.judge = undefined;
});
afterAll(async () => {
  await sut?.stop();
  await Promise.all([id360?.stop(), datakeen?.stop(), proxy?.stop()]);
});

const postId360 = (body: unknown) => sut.post(body, { path: '/webhooks/id360', headers: token });
const datakeenPath = new URL(
  signCallbackUrl({ base: 'http://any.example', provider: 'datakeen', reference: 'case-1', secret: 's' }),
).pathname;
const postDatakeen = (body: unknown) => sut.post(body, { path: datakeenPath, headers: {} });
const time = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

/** Reads the findings that an event points to. */
async function findingsOf({ dataref = '' }: VerificationEvent) {
  const key = dataref.slice(`s3://${bucket.bucket}/`.length);
  return { key, findings: JSON.parse((await bucket.bytes(key)).toString()) };
}

/** Lists all keys of the bucket. */
async function allKeys(): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await sut.s3.send(
      new ListObjectsV2Command({ Bucket: bucket.bucket, ...(token && { ContinuationToken: token }) }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

/** Adds a report with about 210 KB of findings. The reports of two persons differ only in the name. */
function putLargeReport(id: number, name: string): void {
  const {
    identity,
    extracted_data: _extracted,
    ...report
  } = makeId360Report({ id, status: 'OK', documents: [] });
  const person = { ...Object(identity), name, address_line_1: 'x'.repeat(210 * KiB) };
  id360.put({ ...report, finished_time: null, identity: person });
}

describe('large findings of two persons that differ only in the name', () => {
  test('the large findings of two ID360 reports that arrive at the same time are stored separately', async () => {
    // Prepare: make each report contradict its callback, which causes a revision.
    putLargeReport(71_001, 'ALBA');
    putLargeReport(71_002, 'BRUN');

    // Act
    await Promise.all([71_001, 71_002].map((id) => postId360(makeId360Callback({ id, status: 'KO' }))));

    // Assess
    for (const [id, name] of [
      [71_001, 'ALBA'],
      [71_002, 'BRUN'],
    ] as const) {
      const [, revised, archived] = await sut.events.receive(`id360:${id}`, 3);
      if (revised === undefined || archived === undefined) throw new Error('an event is missing');
      expect(revised.type).toBe('idv.verification.revised.v1');
      for (const event of [revised, archived]) {
        const { key, findings } = await findingsOf(event);
        expect(findings.claims.family_name).toBe(name);
        expect(key).toMatch(new RegExp(`^findings/id360/id360!${id}/\\d{8}T\\d{6}Z/000001-`));
      }
    }
  });

  test('the large findings of two IDnow idents are stored separately', async () => {
    for (const [transactionNumber, name] of [
      ['large-a', 'ALBA'],
      ['large-b', 'BRUN'],
    ] as const) {
      // Prepare
      const ident = {
        ...makeIdent({ companyId, transactionNumber, state: 'CHECK_PENDING', time: time(1) }),
        customdata: { custom1: 'x'.repeat(210 * KiB), custom2: name },
      };
      // Act
      const answer = await sut.post(ident);
      // Assess
      expect(answer.body).toEqual({ status: 'accepted', sequence: 1 });
      const [event] = await sut.events.receive(`idnow:${companyId}:${transactionNumber}`, 1);
      const { key, findings } = await findingsOf(event ?? expect.unreachable('no event'));
      expect(findings.provider_data.customdata.custom2).toBe(name);
      expect(key).toMatch(
        new RegExp(
          `^findings/idnow/idnow!${companyId}!${transactionNumber}/\\d{8}T\\d{6}Z/[\\w-]{36}\\.[0-9a-f]{8}/unverified\\.json$`,
        ),
      );
    }
  });

  test('the large findings of two Datakeen sessions with the same result are stored separately', async () => {
    for (const [sessionId, name] of [
      ['662f5f9c9c18e30012c2f0a1', 'ALBA'],
      ['662f5f9c9c18e30012c2f0b2', 'BRUN'],
    ] as const) {
      // Prepare
      const extractedInformation = { lastName: { value: name }, other: { value: 'x'.repeat(210 * KiB) } };
      const document = { type: 'id-card', extractedInformation, controls: { globalStatus: { value: true } } };
      const predictions = [{ status: 200, results: { documents: [document], controls: {} } }];
      datakeen.put({ sessionId, result: { status: 200, data: { job_status: { predictions } } } });
      // Act
      await postDatakeen({ sessionId, newStatus: 'user_approved' });
      // Assess
      const [, decided, archived] = await sut.events.receive(`datakeen:${sessionId}`, 3);
      if (decided === undefined || archived === undefined) throw new Error('an event is missing');
      for (const event of [decided, archived]) {
        const { key, findings } = await findingsOf(event);
        expect(findings.claims.family_name).toBe(name);
        expect(key).toMatch(new RegExp(`^findings/datakeen/datakeen!${sessionId}/\\d{8}T\\d{6}Z/000001-`));
      }
    }
  });
});

describe('a large delivery', () => {
  /** Returns random text that is over 100 KB after gzip. */
  const incompressible = () => randomBytes(150 * KiB).toString('base64');
  const ident = (transactionNumber: string, state: 'SUCCESS' | 'CHECK_PENDING', minute: number) => ({
    ...makeIdent({ companyId, transactionNumber, state, time: time(minute) }),
    customdata: { custom1: incompressible(), custom2: 'x'.repeat(100 * KiB) },
  });

  test('a large duplicate or stale delivery stores no findings, but stores its raw body below the key of its case', async () => {
    // Prepare
    const transaction = 'large-dropped';
    const first = ident(transaction, 'SUCCESS', 5);
    sut.simulator.put(first);
    await sut.post(first);
    const before = await bucket.keys(`findings/idnow/idnow!${companyId}!${transaction}/`);

    // Act
    const duplicate = await sut.post(first);
    const stale = await sut.post(ident(transaction, 'CHECK_PENDING', 4));

    // Assess
    expect([duplicate.body, stale.body]).toEqual([
      { status: 'duplicate' },
      { status: 'stale', reason: 'after-final' },
    ]);
    expect(before.map((key) => key.replace(/.*\//, ''))).toEqual(['unverified.json', 'verified.json']);
    expect(await bucket.keys(`findings/idnow/idnow!${companyId}!${transaction}/`)).toEqual(before);
    const rows = await deliveryRows(sut, `idnow:${companyId}:${transaction}`);
    const dropped = rows.filter(({ decision }) => decision !== 'accepted');
    expect(dropped.map(({ decision }) => decision).sort()).toEqual(['duplicate', 'stale']);
    for (const row of dropped) {
      const key = `deliveries/idnow/idnow!${companyId}!${transaction}/${row.delivery.deliveryId}.gz`;
      expect(row.delivery.body).toEqual({ kind: 'object', bucket: bucket.bucket, key });
      expect(JSON.parse((await rawBody(sut, row)).toString()).customdata).toBeDefined();
    }
  });

  test('a large delivery with several idents is stored below the key of each case', async () => {
    // Prepare
    const idents = ['wrapped-a', 'wrapped-b'].map((each) => ident(each, 'CHECK_PENDING', 1));
    // Act
    const answer = await sut.post({ identifications: idents });
    // Assess
    expect(answer.status).toBe(200);
    for (const transaction of ['wrapped-a', 'wrapped-b']) {
      expect(await bucket.keys(`deliveries/idnow/idnow!${companyId}!${transaction}/`)).toHaveLength(1);
    }
  });

  test('a large delivery that names no case is stored as unidentified', async () => {
    const answer = await sut.post({ nothing: incompressible() });
    const { deliveryId } = Object(answer.body);
    expect(answer.status).toBe(202);
    expect(await bucket.keys('deliveries/idnow/unidentified/')).toEqual([
      `deliveries/idnow/unidentified/${deliveryId}.gz`,
    ]);
  });
});

describe('an evidence job', () => {
  const isFetcher = (caller: string) => /^local-.*fetch-(\w+-)?evidence$/.test(caller);

  test.each([
    ['its decision', 72_001, 'idv.verification.revised.v1'],
    ['its evidence', 72_003, 'idv.evidence.archived.v1'],
  ])(
    'an evidence job succeeds after DynamoDB answers 500 three times to the write of %s',
    async (_what, id, type) => {
      // Prepare: make the report contradict its callback.
      let refused = 0;
      proxy.judge = ({ service, caller, body }) => {
        const isWrite = service === 'dynamodb' && isFetcher(caller) && contentOfPut(body).includes(type);
        if (!isWrite || !body.includes(`id360:${id}`) || refused >= 3) return 'pass';
        refused += 1;
        return 'refuse';
      };
      id360.put(makeId360Report({ id, status: 'OK', documents: [] }));

      // Act
      await postId360(makeId360Callback({ id, status: 'KO' }));
      const events = await sut.events.receive(`id360:${id}`, 3, 45_000);

      // Assess
      expect(refused).toBe(3);
      expect(events.map((event) => event.type)).toEqual([
        'idv.verification.decided.v1',
        'idv.verification.revised.v1',
        'idv.evidence.archived.v1',
      ]);
      const lines = sut.logs.filter(
        (line) => line.includes(`id360:${id}`) && line.includes('"kind":"transient"'),
      );
      expect(lines.length).toBeGreaterThan(0);
    },
  );

  test('a job with 200 long names, 200 bad URLs, 200 status codes and large findings publishes a single event', async () => {
    // Prepare
    const id = 72_002;
    const name = (index: number) => `${'long_name_'.repeat(14)}${String(index).padStart(3, '0')}`;
    const indexes = Array.from({ length: 200 }, (_, index) => index);
    const documents = [
      ...indexes.map((index) => ({
        name: name(index),
        files: [{ url: `https://id360.test/api/1.0.0/document/d${index}/file_contents/?page_number=0` }],
      })),
      { name: 'bad', files: indexes.map((index) => ({ url: `https://nowhere.test/${index}` })) },
    ];
    const statusCodes = indexes.map((index) => ({ code: `${'C'.repeat(97)}${index}`, where: 'w' }));
    const reportWith = (filler: string) => ({
      ...makeId360Report({ id, status: 'OK', statusCodes, person: { email: `${filler}@example.test` } }),
      documents: { ['type_'.repeat(29)]: documents },
    });
    const bytes = Buffer.byteLength(JSON.stringify(readId360Report(reportWith('')).findings));
    // The findings contain the email address twice: in `submitted` and, because a document has no email address, in
    // `provider_data`.
    const filler = 'x'.repeat(Math.floor((184 * KiB - bytes - 1) / 2));
    const report = reportWith(filler);
    const size = Buffer.byteLength(JSON.stringify(readId360Report(report).findings));
    expect(size).toBeLessThan(184 * KiB);
    expect(size).toBeGreaterThanOrEqual(184 * KiB - 2);
    id360.put(report);

    // Act
    await postId360(makeId360Callback({ id, status: 'OK' }));
    const [, archived] = await sut.events.receive(`id360:${id}`, 2, 90_000);

    // Assess
    const { evidence, reasons } = archived?.data ?? expect.unreachable('no event');
    expect(archived?.type).toBe('idv.evidence.archived.v1');
    const manifest = JSON.parse((await bucket.bytes(evidence?.manifest ?? '')).toString());
    expect([manifest.artifacts.length, manifest.missing.length]).toEqual([201, 200]);
    expect(reasons).toHaveLength(200);
    expect(evidence?.missing).toHaveLength(200);
    expect(evidence?.artifacts).toEqual(manifest.artifacts.slice(0, evidence?.artifacts.length));
    expect(evidence?.omitted).toEqual({ artifacts: 201 - (evidence?.artifacts.length ?? 0), missing: 0 });
    const { findings } = await findingsOf(archived ?? expect.unreachable());
    expect(findings.submitted.email).toBe(`${filler}@example.test`);
  });
});

test('every key in the bucket contains its verification, and the delivery id or the sequence', async () => {
  const keys = await allKeys();
  const idOf = '(idnow/idnow![\\w-]+![\\w-]+|id360/id360!\\d+|datakeen/datakeen![0-9a-f]{24})';
  const generation = '\\d{8}T\\d{6}Z';
  const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  const rules = [
    `^evidence/${idOf}/${generation}/\\d{6}/.+$`,
    `^findings/${idOf}/${generation}/(\\d{6}-)?${uuid}(\\.\\d+)?\\.[0-9a-f]{8}/(un)?verified\\.json$`,
    `^deliveries/(${idOf}|\\w+/unidentified)/${uuid}(\\.\\d+)?\\.gz$`,
    `^unconfirmed/${idOf}/${generation}/(\\d{6}-)?${uuid}(\\.\\d+)?\\.json$`,
  ].map((rule) => new RegExp(rule));
  expect(keys.length).toBeGreaterThan(20);
  expect(keys.filter((key) => !rules.some((rule) => rule.test(key)))).toEqual([]);
});
