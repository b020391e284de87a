import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allId360DocumentKinds } from '../../local/simulators/id360/document-kinds.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report, SECRET_CANARY } from '../../local/simulators/id360/make-report.ts';
import type { Id360ReportOptions } from '../../local/simulators/id360/report-options.ts';
import { startLoopbackServer } from '../../local/simulators/loopback-server.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { addMissingExtension } from '../../shared/evidence/archive/content-types.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import {
  account,
  callbackHeader,
  type Id360UnderTest,
  signedPath,
  startId360UnderTest,
  urlSecrets,
} from '../support/id360-under-test.ts';

let sut: Id360UnderTest;
let evidence: ReturnType<typeof evidenceOf>;
beforeAll(async () => {
  sut = await startId360UnderTest({
    mostInstances: 2,
    id360: {
      idclaimPath: '/api/1.0.0/enrollment/{id}/idclaim',
      pdfPath: '/api/1.0.0/enrollment/{id}/report/pdf',
    },
  });
  evidence = evidenceOf(sut.all, 'id360');
});
afterAll(() => sut?.stop());

const idOf = (id: number) => `id360:${id}`;
const folderOf = (id: number) => evidence.folder(idOf(id));

/** Reports of tests that are not about documents. Each document costs several calls of the provider and of S3. */
const withoutDocuments: Pick<Id360ReportOptions, 'documents'> = { documents: [] };

/** Stores a report in ID360's simulator and posts the callback. */
async function finish(id: number, options: Partial<Id360ReportOptions> = {}, callbackStatus?: string) {
  const { status = 'OK' } = options;
  sut.id360.put(makeId360Report({ id, status, ...options }));
  const answer = await sut.post(makeId360Callback({ id, status: callbackStatus ?? status }));
  expect(answer.status).toBe(200);
}

/** Waits for the first `count` events of an enrollment. @returns the last of them */
async function lastEvent(id: number, count = 2) {
  const events = await sut.events.receive(idOf(id), count);
  expect(events).toHaveLength(count);
  return events[count - 1];
}

const json = async (key: string) => JSON.parse((await evidence.bytes(key)).toString());
const logged = (message: string, id: number) =>
  sut.logs
    .filter((line) => line.includes(message) && line.includes(`"${idOf(id)}"`))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
const requestCount = (part: string) => sut.api.requests.filter((request) => request.includes(part)).length;

/** Fetches a path from ID360 with a separate login, not through the proxy. */
async function askId360(path: string): Promise<Response> {
  const login = await fetch(`${sut.id360.url}/api/1.0.0/user/login/`, {
    method: 'POST',
    body: JSON.stringify(account),
  });
  const { token } = JSON.parse(await login.text());
  return fetch(`${sut.id360.url}/api/1.0.0/${path}`, { headers: { authorization: `Token ${token}` } });
}

async function atId360(path: string): Promise<Buffer> {
  const answer = await askId360(path);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** The artifact names of the default report, which has the documents identity, selfie and liveness. */
const usualPages = (id: number) => [
  `documents/identity/id_document_image-${id}00-0.jpg`,
  `documents/identity/id_document_image-${id}00-1.jpg`,
  `documents/selfie/selfie_image_upload-${id}01-0.jpg`,
  `documents/selfie/selfie_image-${id}02-0.jpg`,
  `documents/liveness/liveness_video$0-${id}03-0.mp4`,
  `documents/liveness/liveness_video$1-${id}04-0.mp4`,
];
const furtherFiles = ['idclaim.asice', 'report.pdf'];

/** Invokes the scheduled function that prevents the login session at ID360 from expiring. */
async function keepSession(): Promise<void> {
  const keeper = sut.system.stack.functions['idv-webhooks-local-keep-id360-session'];
  expect((await keeper?.invoke({ source: 'aws.events' }))?.kind).toBe('succeeded');
}

// These tests run in order, because the first test needs a system that has never logged in.
describe('the login session at ID360', () => {
  test('ID360’s scheduled function sends no request before the first login', async () => {
    await keepSession();
    expect(sut.api.requests).toEqual([]);
  });

  test('the lookups of 25 concurrent ID360 results cause one login', async () => {
    // Prepare
    const ids = Array.from({ length: 25 }, (_, index) => 50_000 + index);
    for (const id of ids) sut.id360.put(makeId360Report({ ...withoutDocuments, id, status: 'OK' }));
    // Act
    await Promise.all(ids.map((id) => sut.post(makeId360Callback({ id, status: 'OK' }))));
    for (const id of ids) expect((await lastEvent(id))?.type).toBe('idv.evidence.archived.v1');
    // Assess
    expect(requestCount('POST /api/1.0.0/user/login/')).toBe(1);
  });

  test('ID360’s scheduled function prolongs the login session with the stored token and does not log in', async () => {
    // Prepare
    const before = sut.api.authorizations.size;
    // Act
    await keepSession();
    await keepSession();
    // Assess
    expect([requestCount('GET /api/1.0.0/user/whoami'), requestCount('user/login')]).toEqual([2, 1]);
    expect(sut.api.authorizations.size).toBe(before);
  });

  test('ID360’s scheduled function renews an expired login session with one login', async () => {
    // Prepare
    sut.id360.expireTokens();
    // Act
    await keepSession();
    // Assess
    expect([requestCount('user/whoami'), requestCount('user/login')]).toEqual([4, 2]);
    await finish(50_100, { documents: ['selfie'] });
    await lastEvent(50_100);
    expect(requestCount('user/login')).toBe(2);
  });

  test('the lookups of concurrent ID360 results renew an expired login session with one login', async () => {
    // Prepare
    sut.id360.expireTokens();
    const ids = [50_201, 50_202, 50_203, 50_204, 50_205, 50_206];
    // Act
    await Promise.all(ids.map((id) => finish(id, withoutDocuments)));
    for (const id of ids) expect((await lastEvent(id))?.type).toBe('idv.evidence.archived.v1');
    // Assess
    expect(requestCount('user/login')).toBe(3);
  });
});

// These tests run concurrently, because each test uses its own enrollment.
describe.concurrent('the archive of an enrollment', () => {
  test('the archive has the report, each file of each document, and the configured idClaim and PDF, byte for byte', async () => {
    // Prepare
    const id = 51_001;
    // Act
    await finish(id, { documents: allId360DocumentKinds, clientReference: 'order-51001' });
    const event = await lastEvent(id);
    // Assess
    const pages: [name: string, documentId: string, page: number, type: string][] = [
      ['identity/id_document_image', '5100100', 0, 'image/jpeg'],
      ['identity/id_document_image', '5100100', 1, 'image/jpeg'],
      ['identity/idd', '5100103', 0, 'image/jpeg'],
      ['other/ar24_in_front', '5100101', 0, 'image/jpeg'],
      ['other/ar24_in_back', '5100102', 0, 'image/jpeg'],
      ['bank_details/bank_details_image', '5100104', 0, 'application/pdf'],
      ['income_tax/income_tax_notice_image', '5100105', 0, 'application/pdf'],
      ['kbis/kbis_image', '5100106', 0, 'application/pdf'],
      ['pay_slip/pay_slip_image', '5100107', 0, 'application/pdf'],
      ['property_tax/property_tax_notice_image', '5100108', 0, 'application/pdf'],
      ['selfie/selfie_image_upload', '5100109', 0, 'image/jpeg'],
      ['selfie/selfie_image', '5100110', 0, 'image/jpeg'],
      ['health_insurance_card/health_insurance_card_image', '5100111', 0, 'image/jpeg'],
      ['social_security_card/social_security_card_image', '5100112', 0, 'image/jpeg'],
      ['proof_of_address/proof_of_address_image', '5100113', 0, 'application/pdf'],
      ['car_registration/car_registration_image', '5100114', 0, 'image/jpeg'],
      ['liveness/liveness_video$0', '5100115', 0, 'video/mp4'],
      ['liveness/liveness_video$1', '5100116', 0, 'video/mp4'],
    ];
    const expected: [name: string, path: string, type: string][] = [
      ['report.json', `enrollment/${id}/report`, 'application/json'],
      ...pages.map(([name, documentId, page, type]): [string, string, string] => [
        addMissingExtension(`documents/${name}-${documentId}-${page}`, type),
        `document/${documentId}/file_contents/?page_number=${page}`,
        type,
      ]),
      ['idclaim.asice', `enrollment/${id}/idclaim`, 'application/vnd.etsi.asic-e+zip'],
      ['report.pdf', `enrollment/${id}/report/pdf`, 'application/pdf'],
    ];
    const folder = await folderOf(id);
    const artifacts: object[] = [];
    for (const [name, path, contentType] of expected) {
      const key = `${folder}/${name}`;
      const bytes = await atId360(path);
      expect((await evidence.bytes(key)).equals(bytes), name).toBe(true);
      expect(await evidence.contentType(key)).toBe(contentType);
      const measure = { size: bytes.byteLength, sha256: sha256(bytes), contentType };
      const providerHash = { algorithm: 'MD5', value: md5(bytes), matched: true };
      artifacts.push({ name, key, ...measure, ...(name.startsWith('documents/') && { providerHash }) });
    }
    expect(event?.data.evidence).toEqual({
      status: 'archived',
      requestedBy: 1,
      bucket: evidence.bucket,
      manifest: `${folder}/manifest.json`,
      manifestSha256: sha256(await evidence.bytes(`${folder}/manifest.json`)),
      artifacts,
      missing: [],
      reason: null,
    });
    expect(await json(`${folder}/manifest.json`)).toEqual({
      version: 1,
      provider: 'id360',
      verificationId: idOf(id),
      reference: 'order-51001',
      generation: event?.data.generation,
      sequence: 1,
      archivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      artifacts,
      missing: [],
    });
    // The stored files match the hashes in the report.
    const report = await json(`${folder}/report.json`);
    const hashes = Object.values<{ files: { hash: string }[] }[]>(report.documents)
      .flat()
      .flatMap(({ files }) => files.map(({ hash }) => hash));
    const stored = pages.map(
      ([name, documentId, page, type]) =>
        `${folder}/${addMissingExtension(`documents/${name}-${documentId}-${page}`, type)}`,
    );
    expect(await Promise.all(stored.map(async (key) => md5(await evidence.bytes(key))))).toEqual(hashes);
  });

  test('a job waits for a report that is not ready and never requests a draft', async () => {
    // Act
    await finish(51_002, { documents: ['selfie'] });
    await lastEvent(51_002);
    // Assess
    expect(requestCount('GET /api/1.0.0/enrollment/51002/report')).toBe(3);
    expect(requestCount('GET /api/1.0.0/enrollment/51002/report/pdf')).toBe(1);
    expect(sut.id360.draftRequests).toEqual([]);
    expect(sut.api.requests.filter((request) => /draft/.test(request))).toEqual([]);
  });

  test('the evidence of an enrollment with the status KO is archived', async () => {
    // Act
    await finish(51_003, { status: 'KO' });
    const event = await lastEvent(51_003);
    // Assess
    expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { outcome: 'declined' } });
    expect(event?.data.evidence?.artifacts.map(({ name }) => name)).toEqual([
      'report.json',
      ...usualPages(51_003),
      ...furtherFiles,
    ]);
  });

  test.each(['FAILED', 'CANCELED', 'DISCONTINUED'] as const)(
    'no evidence is requested for an enrollment that is %s',
    async (status) => {
      // Prepare
      const id = { FAILED: 51_011, CANCELED: 51_012, DISCONTINUED: 51_013 }[status];
      // Act: wait until a later enrollment is archived completely.
      await finish(id, { status });
      await finish(id + 10, withoutDocuments);
      await lastEvent(id + 10);
      // Assess
      expect(await sut.events.receive(idOf(id), 1)).toHaveLength(1);
      expect(requestCount(`enrollment/${id}/`)).toBe(0);
      expect(await evidence.keys(`evidence/id360/id360!${id}/`)).toEqual([]);
    },
  );
});

describe.concurrent('a file that cannot be fetched', () => {
  test('a job whose report is gone is given up and becomes a dead letter', async () => {
    // Act
    await sut.post(makeId360Callback({ id: 52_001, status: 'OK' }));
    const event = await lastEvent(52_001);
    // Assess
    expect(event).toMatchObject({
      type: 'idv.evidence.failed.v1',
      data: {
        outcome: 'approved',
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
    await eventually(async () => {
      const kept = (await evidence.deadLetters()).find(({ body }) => body.includes(idOf(52_001)));
      expect([kept?.reason, JSON.parse(kept?.body ?? '{}').sequence]).toEqual(['gone', 1]);
    });
    expect(requestCount('enrollment/52001/report')).toBe(5);
  });

  test('a document that is gone is listed as missing, and the other documents are archived', async () => {
    // Prepare
    const id = 52_002;
    sut.api.fail(`/document/${id}02/`, 404);
    // Act
    await finish(id);
    const event = await lastEvent(id);
    // Assess
    const lost = `documents/selfie/selfie_image-${id}02-0`;
    const missing = [{ name: lost, reason: 'gone' }];
    const names = [
      'report.json',
      ...usualPages(id).filter((name) => name !== `${lost}.jpg`),
      ...furtherFiles,
    ];
    expect(event?.type).toBe('idv.evidence.archived.v1');
    expect(event?.data.evidence?.missing).toEqual(missing);
    expect(event?.data.evidence?.artifacts.map(({ name }) => name)).toEqual(names);
    const folder = await folderOf(id);
    expect((await json(`${folder}/manifest.json`)).missing).toEqual(missing);
    expect((await evidence.keys(`${folder}/`)).sort()).toEqual(
      [...names, 'manifest.json'].map((name) => `${folder}/${name}`).sort(),
    );
  });

  test('a document that fails twice is archived, and no other file is fetched again', async () => {
    // Prepare: make the proxy hold the first failed answer for the document until the test has read the report.
    const id = 52_003;
    sut.api.fail(`/document/${id}00/file_contents/?page_number=1`, 500, 2);
    const failure = sut.api.hold(`/document/${id}00/file_contents/?page_number=1`);
    // Act
    await finish(id);
    await failure.answered;
    const reportKey = `${await folderOf(id)}/report.json`;
    expect(await evidence.keys(await folderOf(id))).toContain(reportKey);
    const first = await evidence.bytes(reportKey);
    // A later report at ID360 does not replace the archived report.
    sut.id360.put(makeId360Report({ id, status: 'OK', clientReference: 'another-report' }));
    failure.release();
    const event = await lastEvent(id);
    // Assess
    expect(event?.data.evidence?.missing).toEqual([]);
    expect(event?.data.evidence?.artifacts.map(({ name }) => name)).toEqual([
      'report.json',
      ...usualPages(id),
      ...furtherFiles,
    ]);
    expect(event?.data.evidence?.artifacts[0]?.sha256).toBe(sha256(first));
    expect((await evidence.bytes(reportKey)).equals(first)).toBe(true);
    expect(requestCount(`/document/${id}00/file_contents/?page_number=1`)).toBe(3);
    expect(requestCount(`/document/${id}00/file_contents/?page_number=0`)).toBe(1);
    expect(requestCount(`/enrollment/${id}/idclaim`)).toBe(1);
  });
});

test.concurrent('documents are fetched only from the configured base URL, even if a report names another host', async () => {
  // Prepare
  const id = 53_001;
  let contacts = 0;
  const foreign = await startLoopbackServer(async (_request, response) => {
    contacts += 1;
    response.end('not what we want');
  });
  try {
    // Act
    await finish(id, { fileOrigins: [foreign.url, `${foreign.url}/a/prefix`] });
    const event = await lastEvent(id);
    // Assess
    const folder = await folderOf(id);
    expect(JSON.stringify(await json(`${folder}/report.json`))).toContain(foreign.url);
    expect(event?.data.evidence?.missing).toEqual([]);
    const page = await evidence.bytes(`${folder}/documents/identity/id_document_image-${id}00-0.jpg`);
    expect(page.equals(await atId360(`document/${id}00/file_contents/?page_number=0`))).toBe(true);
    expect(requestCount(`GET /api/1.0.0/document/${id}`)).toBe(6);
    expect(contacts).toBe(0);
    // Request the other host once, to show that this host counts its requests.
    await fetch(foreign.url);
    expect(contacts).toBe(1);
  } finally {
    await foreign.stop();
  }
});

describe.concurrent('the event idv.evidence.archived.v1', () => {
  test('the event contains the person’s claims and the data of each document', async () => {
    // Act
    await finish(54_001, {
      clientReference: 'order-54001',
      documents: ['identity', 'proof_of_address', 'bank_details'],
    });
    const [decided, archived] = await sut.events.receive(idOf(54_001), 2);
    // Assess
    const person = {
      given_name: 'CAMILLE ANNE',
      family_name: 'SPECIMEN BERTHIER',
      birth_family_name: 'SPECIMEN',
      gender: 'female',
      birthdate: '1984-02-29',
      place_of_birth: { locality: 'BESANÇON', country_code: 'FR' },
      nationalities: ['FR'],
    };
    const address = {
      street_address: '12 RUE DES ACACIAS',
      locality: 'NANTES',
      postal_code: '44000',
      country_code: 'FR',
    };
    const onProof = {
      street_address: '12 rue des Acacias, Bâtiment B',
      locality: 'Nantes',
      postal_code: '44000',
    };
    expect(decided?.data).toMatchObject({ reference: null, claims: {}, documents: [] });
    expect(archived?.type).toBe('idv.evidence.archived.v1');
    expect(archived?.data).toMatchObject({ reference: 'order-54001', outcome: 'approved', reasons: [] });
    // The proof of address shows the street differently than the identity, but not the country.
    expect(archived?.data.claims).toEqual({ ...person, address: { ...onProof, country_code: 'FR' } });
    expect(archived?.data.submitted).toEqual({
      address,
      email: 'camille.specimen@example.com',
      phone_number: '+33199000001',
    });
    expect(archived?.data.documents).toEqual([
      {
        type: 'idcard',
        document_number: 'X4RTBPFW4',
        date_of_issuance: '2021-08-02',
        date_of_expiry: '2031-08-01',
        issuer: { name: 'Préfecture de Loire-Atlantique' },
        claims: { ...person, address },
        provider_data: {
          mrz: ['IDFRASPECIMEN<BERTHIER<<<<<<<<<<<<<<', 'X4RTBPFW4FRACAMILLE<<ANNE8402290F310'],
        },
      },
      {
        type: 'utility_statement',
        date_of_issuance: '2026-09-14',
        claims: {
          address: onProof,
        },
        provider_data: { full_name: 'MME SPECIMEN CAMILLE' },
      },
      {
        type: 'bank_statement',
        provider_data: {
          full_name: 'MLE CAMILLE SPECIMEN',
          iban: 'FR7630006000011234567890189',
          bic: 'AGRIFRPP',
        },
      },
    ]);
  });

  test('the event contains a reason for each status code of a declined enrollment', async () => {
    // Act
    await finish(54_002, {
      ...withoutDocuments,
      status: 'KO',
      statusCodes: [
        { code: 'VLD_DOCUMENT_INVALID' },
        { code: 'SEC_DATA_INJECTION', where: 'liveness' },
        { code: 'NEW_CODE_OF_2027' },
      ],
    });
    const event = await lastEvent(54_002);
    // Assess
    expect(event?.data).toMatchObject({ outcome: 'declined', claims: {} });
    expect(event?.data.reasons).toEqual([
      { code: 'document_invalid', category: 'other', providerCode: 'VLD_DOCUMENT_INVALID' },
      { code: 'data_injection', category: 'fraud', providerCode: 'SEC_DATA_INJECTION' },
      { code: 'other', category: 'other', providerCode: 'NEW_CODE_OF_2027' },
    ]);
    expect(event?.data.provider_data.all_status_codes).toMatchObject([
      { status_code: { code: 'VLD_DOCUMENT_INVALID' }, where: 'id_document' },
      { status_code: { code: 'SEC_DATA_INJECTION' }, where: 'liveness' },
      { status_code: { code: 'NEW_CODE_OF_2027' }, where: 'id_document' },
    ]);
  });

  test('the archived event and the manifest keep the reference of the signed URL', async () => {
    // Prepare
    const id = 54_003;
    sut.id360.put(
      makeId360Report({ ...withoutDocuments, id, status: 'OK', clientReference: 'of-the-report' }),
    );
    // Act
    await sut.post(makeId360Callback({ id, status: 'OK' }), { path: signedPath('of-the-url') });
    // Assess
    expect((await lastEvent(id))?.data.reference).toBe('of-the-url');
    expect((await json(`${await folderOf(id)}/manifest.json`)).reference).toBe('of-the-url');
  });

  test('if the report contradicts the callback, the archived event comes after the revised event', async () => {
    // Prepare
    const id = 54_004;
    // Act
    await finish(id, { ...withoutDocuments, status: 'KO', statusCodes: [{ code: 'VLD_ID_INVALID' }] }, 'OK');
    const events = await sut.events.receive(idOf(id), 3);
    // Assess
    expect(events.map(({ type, data }) => [type, data.outcome, data.providerStatus])).toEqual([
      ['idv.verification.decided.v1', 'approved', 'OK'],
      ['idv.verification.revised.v1', 'declined', 'KO'],
      ['idv.evidence.archived.v1', 'declined', 'KO'],
    ]);
    const [, revised, archived] = events;
    expect(revised?.data).toMatchObject({
      supersedes: events[0]?.id,
      occurredAt: '2026-11-22T10:14:58Z',
      reasons: [{ code: 'identity_document_invalid', category: 'other', providerCode: 'VLD_ID_INVALID' }],
    });
    expect(events[0]?.id).toBe(`${idOf(id)}#${archived?.data.generation}.1`);
    expect(archived?.data.evidence).toMatchObject({ status: 'archived', requestedBy: 1, missing: [] });
    expect(archived?.data.claims).toEqual({});
  });
});

describe.concurrent('a report and a callback that disagree', () => {
  const summarize = (events: Awaited<ReturnType<typeof sut.events.receive>>) =>
    events.map(({ type, data }) => `${type.split('.')[2]} ${data.outcome}`);

  test('a callback that repeats the contradicted status requests another lookup and does not revise the report', async () => {
    // Prepare
    const id = 55_001;
    await finish(id, { ...withoutDocuments, status: 'KO', statusCodes: [{ code: 'VLD_ID_INVALID' }] }, 'OK');
    await sut.events.receive(idOf(id), 3);
    // Act: send OK again, with its step. ID360 may send OK twice: with the last step, and without a step.
    await sut.post(makeId360Callback({ id, status: 'OK', step: { number: 6 } }));
    const events = await sut.events.receive(idOf(id), 5);
    // Assess
    expect(summarize(events)).toEqual([
      'decided approved',
      'revised declined',
      'archived declined',
      'updated declined',
      'archived declined',
    ]);
    expect(events.at(-1)?.data.reasons).toMatchObject([{ providerCode: 'VLD_ID_INVALID' }]);
  });

  test('a report decides the outcome even if three concurrent callbacks contradict it', async () => {
    // Prepare
    const id = 55_002;
    sut.id360.put(makeId360Report({ ...withoutDocuments, id, status: 'KO' }));
    // Act
    await Promise.all([
      sut.post(makeId360Callback({ id, status: 'OK' })),
      sut.post(makeId360Callback({ id, status: 'OK', step: { number: 6 } })),
      sut.post({ id, status: 'OK' }),
    ]);
    // Assess
    // Each callback has an archive. A report that was requested before another callback arrived causes another lookup,
    // so there may be more archives.
    const areArchived = (all: readonly VerificationEvent[]) =>
      all.filter(({ type }) => type === 'idv.evidence.archived.v1').length >= 3 &&
      all.at(-1)?.data.outcome === 'declined';
    const events = await sut.events.receiveUntil(idOf(id), areArchived, 40_000);
    expect(areArchived(events)).toBe(true);
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'declined', providerStatus: 'KO' });
  });

  test('a newer report revises a report that contradicted the callback', async () => {
    // Prepare
    const id = 55_003;
    await finish(id, { ...withoutDocuments, status: 'KO' }, 'OK');
    await sut.events.receive(idOf(id), 3);
    // Act
    sut.id360.put(
      makeId360Report({ ...withoutDocuments, id, status: 'OK', time: new Date('2026-11-22T12:00:00Z') }),
    );
    await sut.post(makeId360Callback({ id, status: 'OK', step: { number: 6 } }));
    // Assess
    expect(summarize(await sut.events.receive(idOf(id), 6)).slice(3)).toEqual([
      'updated declined',
      'revised approved',
      'archived approved',
    ]);
  });

  test('a report that was requested before ID360’s callback revises nothing and causes another lookup', async () => {
    // Prepare: change ID360's result while the proxy holds the answer that contains the first report.
    const id = 55_005;
    sut.id360.put(makeId360Report({ ...withoutDocuments, id, status: 'OK' }));
    expect((await askId360(`enrollment/${id}/report`)).status, 'it is never ready at once').toBe(202);
    const first = sut.api.hold(`/${id}/report`);
    await sut.post(makeId360Callback({ id, status: 'OK' }));
    await first.answered;
    sut.id360.put(makeId360Report({ ...withoutDocuments, id, status: 'KO' }));
    // Make the lookup for the second callback fail in its first try.
    sut.api.fail(`/${id}/report`, 503);
    await sut.post(makeId360Callback({ id, status: 'KO' }));
    await sut.events.receive(idOf(id), 2);
    // Act
    first.release();
    await sut.events.receive(idOf(id), 3);
    sut.api.heal(`/${id}/report`);
    // Assess
    const events = await sut.events.receive(idOf(id), 6);
    expect(summarize(events)).toEqual([
      'decided approved',
      'revised declined',
      'updated declined',
      'archived declined',
      'archived declined',
      'archived declined',
    ]);
    expect(events[2]?.data.claims).toEqual({});
    expect(events[5]?.data.claims).toEqual({});
  });

  test('a report decides even if a callback without a report arrives before it', async () => {
    // Prepare
    const id = 55_006;
    sut.id360.put(makeId360Report({ ...withoutDocuments, id, status: 'OK' }));
    expect((await askId360(`enrollment/${id}/report`)).status, 'it is never ready at once').toBe(202);
    const first = sut.api.hold(`/${id}/report`);
    await sut.post(makeId360Callback({ id, status: 'OK' }));
    await first.answered;
    await sut.post(makeId360Callback({ id, status: 'CANCELED' }));
    // Act
    first.release();
    // Assess
    const summary = summarize(await sut.events.receive(idOf(id), 6));
    expect(summary.slice(0, 3)).toEqual(['decided approved', 'revised expired', 'updated expired']);
    expect(summary.slice(3)).toContain('revised approved');
    expect(summary.at(-1)).toBe('archived approved');
  });

  test.each(['CANCELED', 'KO'])(
    'if no lookup succeeds, ID360’s callback %s revises the case that a report with OK decided',
    async (status) => {
      // Prepare
      const id = status === 'KO' ? 55_007 : 55_008;
      await finish(id, { ...withoutDocuments, status: 'OK' });
      await sut.events.receive(idOf(id), 2);
      sut.api.fail(`/${id}/report`, 404);
      // Act
      await sut.post(makeId360Callback({ id, status }));
      // Assess
      const outcome = status === 'KO' ? 'declined' : 'expired';
      const events = await sut.events.receive(idOf(id), 5);
      expect(summarize(events)).toEqual([
        'decided approved',
        'archived approved',
        'updated approved',
        `revised ${outcome}`,
        `failed ${outcome}`,
      ]);
      // The events keep the person's data, but as `extracted` after the approval is withdrawn.
      const [, archived, updated, revised, failed] = events.map(({ data }) => data);
      expect(updated?.claims).toEqual(archived?.claims);
      expect(archived?.claims).toHaveProperty('family_name');
      for (const data of [revised, failed])
        expect(data).toMatchObject({ claims: {}, extracted: archived?.claims });
      // The events keep the archive of the report with OK, because no later archive is complete.
      const { manifest } = archived?.evidence ?? {};
      expect(revised?.evidence).toMatchObject({ status: 'pending', requestedBy: 3, manifest });
      expect(failed?.evidence).toMatchObject({ status: 'failed', requestedBy: 3, reason: 'gone', manifest });
    },
  );

  test('if no lookup succeeds, ID360’s callback OK does not revise the case that a report with KO decided', async () => {
    // Prepare
    const id = 55_009;
    await finish(id, { ...withoutDocuments, status: 'KO' });
    await sut.events.receive(idOf(id), 2);
    sut.api.fail(`/${id}/report`, 404);
    // Act
    await sut.post(makeId360Callback({ id, status: 'OK' }));
    // Assess
    expect(summarize(await sut.events.receive(idOf(id), 4))).toEqual([
      'decided declined',
      'archived declined',
      'updated declined',
      'failed declined',
    ]);
  });

  test('a report that contradicts the callback does not replace the reference of the signed URL', async () => {
    // Prepare
    const id = 55_004;
    sut.id360.put(
      makeId360Report({ ...withoutDocuments, id, status: 'KO', clientReference: 'of-the-report' }),
    );
    // Act
    await sut.post(makeId360Callback({ id, status: 'OK' }), { path: signedPath('of-the-url') });
    const events = await sut.events.receive(idOf(id), 3);
    // Assess
    expect(events.map(({ data }) => data.reference)).toEqual(Array(3).fill('of-the-url'));
  });
});

test.concurrent('an event contains the reason of the callback and the reasons of the report, up to the limit of a row', async () => {
  // Prepare
  const id = 56_001;
  const statusCodes = [
    { code: 'SEC_DATA_INJECTION' },
    ...Array.from({ length: 3000 }, (_, index) => ({ code: `CODE_${index}` })),
  ];
  sut.id360.put(makeId360Report({ ...withoutDocuments, id, status: 'KO', statusCodes }));
  // Act
  await sut.post(makeId360Callback({ id, status: 'KO', reason: 'ERL_TIMEOUT' }));
  // Assess
  const [decided, archived] = await sut.events.receive(idOf(id), 2);
  expect(decided?.data.reasons).toMatchObject([{ category: 'timeout' }]);
  expect(archived?.data.reasons.slice(0, 2)).toMatchObject([{ category: 'timeout' }, { category: 'fraud' }]);
  expect(archived?.data.reasons).toHaveLength(200);
  // The callback has 1 reason, and the report has 3001 codes. The event keeps 200 of these 3002 reasons.
  expect(archived?.data.reasonsOmitted).toBe(2802);
});

test.concurrent('a job keeps its first report until all files are archived, even if ID360 has a newer report', async () => {
  // Prepare: make the proxy hold the first failed answer for one document until ID360 has another report.
  const id = 57_001;
  const failing = `/document/${id}01/`;
  sut.api.fail(failing, 500, 2);
  const failure = sut.api.hold(failing);
  sut.id360.put(makeId360Report({ id, status: 'OK' }));
  await sut.post(makeId360Callback({ id, status: 'OK' }));
  await failure.answered;
  expect(requestCount(failing)).toBe(1);
  // Act
  sut.id360.enrollments.delete(id);
  sut.id360.put(makeId360Report({ id, status: 'KO' }));
  failure.release();
  // Assess
  const event = await lastEvent(id);
  expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { outcome: 'approved' } });
  expect(event?.data.evidence?.missing).toEqual([]);
  expect((await json(`${await folderOf(id)}/report.json`)).status).toBe('OK');
});

// This test runs alone, because it counts the jobs of the whole system.
test('a job stays open while a document fails, and all other documents are archived', async () => {
  // Prepare
  const id = 52_004;
  const failing = `/document/${id}04/`;
  sut.api.fail(failing, 500);
  // Act: wait for two tries of the job.
  await finish(id);
  await eventually(() => expect(requestCount(failing)).toBeGreaterThanOrEqual(2), { timeoutMs: 20_000 });
  // Assess
  const stored = ['report.json', ...usualPages(id).slice(0, -1), ...furtherFiles];
  const folder = await folderOf(id);
  expect((await evidence.keys(`${folder}/`)).sort()).toEqual(
    stored.map((name) => `${folder}/${name}`).sort(),
  );
  expect(await evidence.openJobs()).toBe(1);
  expect(await sut.events.receive(idOf(id), 1)).toHaveLength(1);
  expect((await evidence.deadLetters()).filter(({ body }) => body.includes(idOf(id)))).toEqual([]);
  // The log has the document's position in the report, because the document's name may contain personal data.
  const names = logged('artifact not fetched', id).map(({ name }) => name);
  expect(names).toContain(`documents/[${usualPages(id).length - 1}]`);
  // Make the document available again. Then the job ends.
  sut.api.heal(failing);
  expect((await lastEvent(id))?.data.evidence?.missing).toEqual([]);
  await eventually(async () => expect(await evidence.openJobs()).toBe(0));
});

// This test runs last, because it checks the events and logs of all other tests.
test('events contain neither secrets of a report nor our secrets, and logs contain no secrets and no personal data', async () => {
  // Prepare: archive a report that contains the test secret `SECRET_CANARY`, which no event or log may contain.
  const report = await evidence.bytes(`${await folderOf(54_001)}/report.json`);
  expect(report.toString()).toContain(SECRET_CANARY);
  const tokens = [...sut.api.authorizations].map((value) => value.replace('Token ', ''));
  expect(tokens).toHaveLength(3);
  // Act
  const logs = sut.logs.join('\n');
  const queued = [...sut.events.messages, ...(await evidence.deadLetters())]
    .map((message) => JSON.stringify(message))
    .join('\n');
  // Assess
  expect(queued).toContain('BERTHIER');
  const secrets = [
    SECRET_CANARY,
    'leia.internal',
    account.password,
    ...callbackHeader.values,
    ...urlSecrets,
    ...tokens,
  ];
  for (const secret of secrets) expect(queued).not.toContain(secret);
  const personal = [
    'BERTHIER',
    'CAMILLE',
    'camille.specimen',
    '1984-02-29',
    'ACACIAS',
    'X4RTBPFW4',
    'FR7630006',
  ];
  for (const trace of [...secrets, ...personal]) expect(logs).not.toContain(trace);
});
