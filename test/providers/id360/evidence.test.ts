import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlannedError } from '../../../local/simulators/faults.ts';
import { makeId360Report } from '../../../local/simulators/id360/make-report.ts';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { fetchAndConclude } from '../conclude.ts';
import { instancesOf, job, patient, simulated } from './api-under-test.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const report = makeId360Report({ id: 50123, status: 'OK', clientReference: 'order-4711' });

describe('the evidence of an ID360 enrollment', () => {
  test('beside the report, the artifacts of an enrollment are all pages of all documents', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);

    const { artifacts, reference, transition } = await fetchAndConclude(api.evidence(), job());

    expect(artifacts.map(({ name, required, unpack }) => ({ name, required, unpack }))).toEqual([
      ...[
        'documents/identity/id_document_image-5012300-0',
        'documents/identity/id_document_image-5012300-1',
        'documents/selfie/selfie_image_upload-5012301-0',
        'documents/selfie/selfie_image-5012302-0',
        'documents/liveness/liveness_video$0-5012303-0',
        'documents/liveness/liveness_video$1-5012304-0',
      ].map((name) => ({ name, required: false, unpack: false })),
    ]);
    expect(reference).toBe('order-4711');
    expect(transition).toMatchObject({ outcome: 'approved', providerStatus: 'OK' });
    expect(api.id360.requests, 'files are opened later').toMatchObject({
      report: 1,
      document: 0,
    });
    expect(api.id360.draftRequests).toEqual([]);
  });

  test.each(['NEW', 'STARTED'])('an ID360 report with the status %s is not ready', async (status) => {
    await using api = await served(async () => JSON.stringify({ id: 50123, status }));

    await expect(fetchAndConclude(api.evidence(), job())).rejects.toMatchObject({
      kind: 'not_ready',
    });
  });

  test('fetchResult returns the ID360 report byte for byte', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);

    const bytes = await api.evidence().fetchResult(job(), patient());

    expect(Buffer.from(bytes).toString()).toBe(`${JSON.stringify(report, null, 2)}\n`);
  });

  test('ID360 files whose paths a stage sets are artifacts, and {id} in a path becomes the enrollment id', async () => {
    // Prepare
    const seen: string[] = [];
    await using api = await served(async (url) => {
      seen.push(url);
      return url.endsWith('/report') ? JSON.stringify({ id: 50123, status: 'OK' }) : 'a file';
    });
    const source = api.evidence({ idclaim: '/v2/{id}/claims/{id}.asice', pdf: 'pdf?enrollment={id}' });

    // Act
    const { artifacts } = await fetchAndConclude(source, job());
    for (const artifact of artifacts) await artifact.open(patient());

    // Assess
    expect(artifacts.map(({ name, contentType, required }) => [name, contentType, required])).toEqual([
      ['idclaim.asice', 'application/vnd.etsi.asic-e+zip', false],
      ['report.pdf', 'application/pdf', false],
    ]);
    expect(seen).toEqual([
      '/prefix/api/1.0.0/enrollment/50123/report',
      '/prefix/v2/50123/claims/50123.asice',
      '/prefix/pdf?enrollment=50123',
    ]);
  });

  test('the enrollment id is URL-encoded in every request to ID360', async () => {
    const seen: string[] = [];
    await using api = await served(async (url) => {
      seen.push(url);
      return JSON.stringify({ id: 'a/b $&', status: 'OK' });
    });

    const { artifacts } = await fetchAndConclude(
      api.evidence({ pdf: '{id}/{id}.pdf' }),
      job({ verificationId: 'id360:a%2Fb%20%24%26' }),
    );
    await artifacts[0]?.open(patient());

    expect(seen).toEqual([
      '/prefix/api/1.0.0/enrollment/a%2Fb%20%24%26/report',
      '/prefix/a%2Fb%20%24%26/a%2Fb%20%24%26.pdf',
    ]);
  });

  test('a report is accepted if its UUID differs from the UUID of the job only in letter case', async () => {
    const id = '66b905f6-ac91-4a2c-8b1b-752d2393ac3b';
    await using api = await served(async () => JSON.stringify({ id, status: 'OK' }));

    const { transition } = await fetchAndConclude(
      api.evidence(),
      job({ verificationId: `id360:${id.toUpperCase()}` }),
    );

    expect(transition).toMatchObject({ outcome: 'approved' });
  });

  test('an ID360 file with a URL of unknown form is an artifact that always fails', async () => {
    await using api = await simulated(dynamodb);
    const documents = {
      identity: [{ name: 'idd', files: [{ url: 'https://elsewhere.example/files/1' }] }],
    };
    api.id360.put({ id: 50123, status: 'OK', documents });

    const { artifacts } = await fetchAndConclude(api.evidence(), job());

    const [missing] = artifacts;
    expect(missing).toMatchObject({ name: 'documents/identity.idd_0_', required: false });
    await expect(missing?.open(patient())).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('in one try of an ID360 job, all files share four pauses after 404; the next try has four pauses again', async () => {
    // Prepare
    await using api = await simulated(dynamodb);
    api.id360.put(report);
    api.id360.failNext('document', { status: 404, times: 100 });
    const source = api.evidence();
    const bytes = await source.fetchResult(job(), patient());
    const openAll = async () => {
      const { artifacts } = source.conclude(job(), bytes);
      const opened = await Promise.allSettled(artifacts.map(({ open }) => open(patient())));
      return opened.map(({ status, ...rest }) => ('reason' in rest ? rest.reason.kind : status));
    };
    // Act
    const firstTry = await openAll();
    const pauses = [...api.waits];
    const secondTry = await openAll();
    // Assess
    expect(firstTry).toEqual(Array(6).fill('gone'));
    expect(pauses).toEqual([1000, 2000, 4000, 8000]);
    expect(secondTry).toEqual(Array(6).fill('gone'));
    expect(api.waits).toEqual([...pauses, ...pauses]);
    expect(api.id360.requests.document, 'six files and four repetitions for each try').toBe(20);
  });

  test('50 concurrent jobs share one login at ID360', async () => {
    await using api = await simulated(dynamodb);
    const sources = Array.from({ length: 5 }, () => api.evidence());
    for (let id = 0; id < 50; id++) api.id360.put(makeId360Report({ id, status: 'OK' }));

    const conclusions = await Promise.all(
      Array.from({ length: 50 }, (_, id) =>
        fetchAndConclude(sources[id % 5] ?? api.evidence(), job({ verificationId: `id360:${id}` })),
      ),
    );

    expect(conclusions.map(({ artifacts }) => artifacts.length)).toEqual(Array(50).fill(6));
    expect(api.id360.requests).toMatchObject({ login: 1, report: 50 });
  });
});

describe('a report that cannot be fetched', () => {
  const html: PlannedError = {
    status: 200,
    body: '<html>',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  };

  test.each<[string, string, PlannedError, string]>([
    ['not ready yet', 'not_ready', { status: 202 }, 'GET report: answered 202'],
    ['unknown, or older than 7 days,', 'gone', { status: 404 }, 'GET report: answered 404'],
    ['answered with 500', 'transient', { status: 500 }, 'GET report: answered 500'],
    ['throttled', 'throttled', { status: 429, headers: { 'retry-after': '7' } }, 'GET report: answered 429'],
    ['a web page', 'transient', html, 'GET report: answered 200'],
    ['incomplete JSON', 'transient', { status: 200, body: '{"id":50123,' }, 'GET report: answered no JSON'],
    ['empty', 'transient', { status: 200, body: '' }, 'GET report: answered no JSON'],
    ['cut off', 'transient', { status: 'hang-up', afterBytes: 100 }, 'GET report: broke off'],
    ['a JSON list', 'unexpected', { status: 200, body: '[]' }, "ID360's report is no object with a status"],
    [
      'an error message with a known status',
      'unexpected',
      { status: 200, body: '{"status":"KO","detail":"internal error"}' },
      'GET report: answered no report that names its enrollment',
    ],
    ['refused as a bad request', 'unexpected', { status: 400 }, 'GET report: answered 400'],
    ['answered with 204', 'unexpected', { status: 204, body: '' }, 'GET report: answered 204'],
    [
      'that of another enrollment',
      'unexpected',
      { status: 200, body: '{"id":50124,"status":"OK"}' },
      'GET report: answered the report of another enrollment',
    ],
  ])('fetching an ID360 report that is %s fails with the kind %s', async (_, kind, fault, message) => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);
    api.id360.failNext('report', { ...fault, times: 5 });

    await expect(fetchAndConclude(api.evidence(), job())).rejects.toMatchObject({
      name: 'EvidenceError',
      kind,
      message,
    });
  });

  test('fetching an ID360 report that is not in UTF-8 fails as transient', async () => {
    await using api = await served(async () =>
      Buffer.from('{"id":50123,"status":"OK","x":"\xe9"}', 'latin1'),
    );

    await expect(fetchAndConclude(api.evidence(), job())).rejects.toMatchObject({
      kind: 'transient',
    });
  });

  test('if ID360 answers 401 to a request for a report, the report is fetched after a new login', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);
    api.id360.failNext('report', { status: 401 });

    await expect(fetchAndConclude(api.evidence(), job())).resolves.toMatchObject({
      reference: 'order-4711',
    });

    expect(api.id360.requests).toMatchObject({ login: 2, report: 2 });
  });
});

test('an archived ID360 report is read without a call to ID360', async () => {
  await using api = await simulated(dynamodb);

  const conclusion = api.evidence().conclude(job(), Buffer.from(JSON.stringify(report)));

  expect(conclusion).toMatchObject({ reference: 'order-4711', transition: { outcome: 'approved' } });
  expect(conclusion.artifacts).toHaveLength(6);
  expect(api.id360.requests).toMatchObject({ login: 0, report: 0 });
});

test('ID360 jobs are tried for 6 days, because ID360 keeps a report for 7 days', async () => {
  await using api = await simulated(dynamodb);
  expect(api.evidence().deadlineSeconds).toBe(6 * 24 * 3600);
});

describe('the size of an ID360 report', () => {
  const MiB = 1024 * 1024;

  test('an ID360 report of 20 MiB is fetched', async () => {
    const json = JSON.stringify({ id: 50123, status: 'OK', client_reference: 'order-4711' });
    await using api = await served(async () => json.padEnd(20 * MiB));

    expect(await api.evidence().fetchResult(job(), patient())).toHaveLength(20 * MiB);
  });

  test('an ID360 report of 20 MiB and one byte is rejected as too_large', async () => {
    const json = JSON.stringify({ id: 50123, status: 'OK' });
    await using api = await served(async () => json.padEnd(20 * MiB + 1));

    await expect(fetchAndConclude(api.evidence(), job())).rejects.toMatchObject({
      kind: 'too_large',
      message: 'GET report: over 20 MiB',
    });
  });

  test('the transfer of an endless ID360 report stops soon after the size limit', async () => {
    // Prepare
    let sent = 0;
    const closed = Promise.withResolvers<void>();
    await using api = await served(async (_url, response) => {
      response.on('close', () => closed.resolve());
      const chunk = Buffer.alloc(MiB, ' ');
      // The server stops at ten times the limit, so that the test also ends if the reader has no limit.
      while (sent < 200 * MiB && !response.destroyed) {
        sent += chunk.byteLength;
        if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed.promise]);
      }
      return '';
    });

    // Act
    const fetching = api.evidence().fetchResult(job(), patient());

    // Assess
    await expect(fetching).rejects.toMatchObject({ kind: 'too_large' });
    await closed.promise;
    // `sent` is larger than the limit, because it includes bytes that are still in the buffers of the sockets.
    expect(sent).toBeLessThan(50 * MiB);
  });
});

type Respond = (url: string, response: ServerResponse) => Promise<string | Uint8Array>;

/** Starts an ID360 API below a path prefix. Every login succeeds. The configured API URL ends with two slashes. */
async function served(respond: Respond) {
  const server = await startLoopbackServer(async (request, response) => {
    const { url = '' } = request;
    if (url.endsWith('/user/login/')) response.end('{"token":"t"}');
    else response.end(await respond(url, response));
  });
  const instances = await instancesOf(dynamodb, { apiUrl: `${server.url}/prefix//` });
  return { ...instances, [Symbol.asyncDispose]: server.stop };
}
