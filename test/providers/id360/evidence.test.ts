import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../../local/simulators/faults.ts';
import { makeReport } from '../../../local/simulators/id360/make-report.ts';
import { startLoopbackServer } from '../../../local/simulators/loopback-server.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { kept } from '../archived.ts';
import { instancesOf, job, patient, simulated } from './api-under-test.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const report = makeReport({ id: 50123, status: 'OK', clientReference: 'order-4711' });

describe('the evidence of an enrollment', () => {
  test('the evidence is the report and every page of its documents, and configured files', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);

    const { artifacts, reference, transition } = await api.evidence().fetch(job(), kept(), patient());

    expect(artifacts.map(({ name, required, unpack }) => ({ name, required, unpack }))).toEqual([
      { name: 'report.json', required: true, unpack: false },
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
    expect(transition, 'what it decides').toMatchObject({ outcome: 'approved', providerStatus: 'OK' });
    expect(api.id360.requests, 'files are opened one by one, later').toMatchObject({
      report: 1,
      document: 0,
    });
    expect(api.id360.draftRequests).toEqual([]);
  });

  test.each(['NEW', 'STARTED'])(
    'the evidence is not ready while the report has the status %s',
    async (status) => {
      await using api = await served(async () => JSON.stringify({ id: 50123, status }));

      await expect(api.evidence().fetch(job(), kept(), patient())).rejects.toMatchObject({
        kind: 'not_ready',
      });
    },
  );

  test('the archived report has the bytes of the answer', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);

    const { artifacts } = await api.evidence().fetch(job(), kept(), patient());
    const download = await artifacts[0]?.open(patient());
    const bytes = await buffer(download?.body ?? Readable.from([]));

    expect(bytes.toString()).toBe(`${JSON.stringify(report, null, 2)}\n`);
    expect(download?.length).toBe(bytes.byteLength);
    expect(api.id360.requests.report, 'what was read is what is archived').toBe(1);
  });

  test('an artifact can be opened twice, as after a try that was cut off', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);
    const { artifacts } = await api.evidence().fetch(job(), kept(), patient());

    const read = async () => buffer((await artifacts[0]?.open(patient()))?.body ?? Readable.from([]));

    expect(await read()).toEqual(await read());
  });

  test('files at configured paths are fetched, with the id in the path', async () => {
    // Prepare
    const seen: string[] = [];
    await using api = await served(async (url) => {
      seen.push(url);
      return url.endsWith('/report') ? JSON.stringify({ id: 50123, status: 'OK' }) : 'a file';
    });
    const source = api.evidence({ idclaim: '/v2/{id}/claims/{id}.asice', pdf: 'pdf?enrollment={id}' });

    // Act
    const { artifacts } = await source.fetch(job(), kept(), patient());
    for (const artifact of artifacts) await artifact.open(patient());

    // Assess
    expect(artifacts.map(({ name, contentType, required }) => [name, contentType, required])).toEqual([
      ['report.json', 'application/json', true],
      ['idclaim.asice', 'application/vnd.etsi.asic-e+zip', false],
      ['report.pdf', 'application/pdf', false],
    ]);
    expect(seen).toEqual([
      '/prefix/api/1.0.0/enrollment/50123/report',
      '/prefix/v2/50123/claims/50123.asice',
      '/prefix/pdf?enrollment=50123',
    ]);
  });

  test('the request for a report contains the encoded id', async () => {
    const seen: string[] = [];
    await using api = await served(async (url) => {
      seen.push(url);
      return JSON.stringify({ id: 'a/b $&', status: 'OK' });
    });

    const { artifacts } = await api
      .evidence({ pdf: '{id}/{id}.pdf' })
      .fetch(job({ verificationId: 'id360:a%2Fb%20%24%26' }), kept(), patient());
    await artifacts[1]?.open(patient());

    expect(seen).toEqual([
      '/prefix/api/1.0.0/enrollment/a%2Fb%20%24%26/report',
      '/prefix/a%2Fb%20%24%26/a%2Fb%20%24%26.pdf',
    ]);
  });

  test('a report whose UUID differs in upper and lower case is accepted', async () => {
    const id = '66b905f6-ac91-4a2c-8b1b-752d2393ac3b';
    await using api = await served(async () => JSON.stringify({ id, status: 'OK' }));

    const fetched = await api
      .evidence()
      .fetch(job({ verificationId: `id360:${id.toUpperCase()}` }), kept(), patient());

    expect(fetched.transition).toMatchObject({ outcome: 'approved' });
  });

  test('files without a usable URL are artifacts that always fail', async () => {
    await using api = await simulated(dynamodb);
    const documents = {
      identity: [{ name: 'idd', files: [{ url: 'https://elsewhere.example/files/1' }] }],
    };
    api.id360.put({ id: 50123, status: 'OK', documents });

    const { artifacts } = await api.evidence().fetch(job(), kept(), patient());

    const [, missing] = artifacts;
    expect(missing).toMatchObject({ name: 'documents/identity.idd_0_', required: false });
    await expect(missing?.open(patient())).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('50 concurrent jobs cause one login', async () => {
    await using api = await simulated(dynamodb);
    const sources = Array.from({ length: 5 }, () => api.evidence());
    for (let id = 0; id < 50; id++) api.id360.put(makeReport({ id, status: 'OK' }));

    const fetched = await Promise.all(
      Array.from({ length: 50 }, (_, id) =>
        (sources[id % 5] ?? api.evidence()).fetch(job({ verificationId: `id360:${id}` }), kept(), patient()),
      ),
    );

    expect(fetched.map(({ artifacts }) => artifacts.length)).toEqual(Array.from({ length: 50 }, () => 7));
    expect(api.id360.requests).toMatchObject({ login: 1, report: 50 });
  });
});

describe('a report that cannot be fetched', () => {
  const html: Fault = {
    status: 200,
    body: '<html>',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  };

  test.each<[string, Fault, string, string]>([
    ['not ready yet', { status: 202 }, 'not_ready', 'GET report: answered 202'],
    ['unknown, or older than 7 days', { status: 404, times: 5 }, 'gone', 'GET report: answered 404'],
    ['down', { status: 500 }, 'transient', 'GET report: answered 500'],
    ['throttled', { status: 429, headers: { 'retry-after': '7' } }, 'throttled', 'GET report: answered 429'],
    ['a web page', html, 'transient', 'GET report: answered 200'],
    ['no JSON', { status: 200, body: '{"id":50123,' }, 'transient', 'GET report: answered no JSON'],
    ['nothing', { status: 200, body: '' }, 'transient', 'GET report: answered no JSON'],
    ['cut off', { status: 'hang-up', afterBytes: 100 }, 'transient', 'GET report: broke off'],
    ['no object', { status: 200, body: '[]' }, 'unexpected', "ID360's report is no object with a status"],
    [
      'an error with a known status',
      { status: 200, body: '{"status":"KO","detail":"internal error"}' },
      'unexpected',
      'GET report: answered no report that names its enrollment',
    ],
    ['refused as a bad request', { status: 400 }, 'unexpected', 'GET report: answered 400'],
    ['empty, with 204', { status: 204, body: '' }, 'unexpected', 'GET report: answered 204'],
    [
      'the report of another enrollment',
      { status: 200, body: '{"id":50124,"status":"OK"}' },
      'unexpected',
      'GET report: answered the report of another enrollment',
    ],
  ])('fetch throws the matching error if the answer is: %s', async (_, fault, kind, message) => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);
    api.id360.failNext('report', { ...fault, times: 5 });

    await expect(api.evidence().fetch(job(), kept(), patient())).rejects.toMatchObject({
      name: 'EvidenceError',
      kind,
      message,
    });
  });

  test('a report that is not in UTF-8 is rejected', async () => {
    await using api = await served(async () =>
      Buffer.from('{"id":50123,"status":"OK","x":"\xe9"}', 'latin1'),
    );

    await expect(api.evidence().fetch(job(), kept(), patient())).rejects.toMatchObject({
      kind: 'transient',
    });
  });

  test('a report is fetched after a 401 and a new login', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(report);
    api.id360.failNext('report', { status: 401 });

    await expect(api.evidence().fetch(job(), kept(), patient())).resolves.toMatchObject({
      reference: 'order-4711',
    });

    expect(api.id360.requests).toMatchObject({ login: 2, report: 2 });
  });
});

describe('a report that an earlier try has archived', () => {
  const stored = { 'report.json': JSON.stringify(report) };

  test('a report that an earlier try has archived is not requested again', async () => {
    await using api = await simulated(dynamodb);
    api.id360.put(makeReport({ id: 50123, status: 'KO', clientReference: 'of another time' }));

    const fetched = await api.evidence().fetch(job(), kept(stored), patient());

    expect(fetched.reference).toBe('order-4711');
    expect(fetched.transition, 'that try may not have come to record it').toMatchObject({
      outcome: 'approved',
    });
    const download = await fetched.artifacts[0]?.open(patient());
    expect((await buffer(Readable.from(download?.body ?? []))).toString()).toBe(stored['report.json']);
    expect(api.id360.requests.report).toBe(0);
  });

  test('an archived report is used if ID360 has deleted it or cannot be reached', async () => {
    await using api = await simulated(dynamodb);

    const fetched = await api.evidence().fetch(job(), kept(stored), patient());

    expect(fetched.artifacts).toHaveLength(7);
    expect(api.id360.requests).toMatchObject({ login: 0, report: 0 });
  });
});

test('a job of ID360 is tried for 6 of the 7 days in which ID360 keeps reports', async () => {
  await using api = await simulated(dynamodb);
  expect(api.evidence().deadlineSeconds).toBe(6 * 24 * 3600);
});

describe('the size of a report', () => {
  const MiB = 1024 * 1024;

  test('a report of 20 MiB is read', async () => {
    const json = JSON.stringify({ id: 50123, status: 'OK', client_reference: 'order-4711' });
    await using api = await served(async () => json.padEnd(20 * MiB));

    const { artifacts, reference } = await api.evidence().fetch(job(), kept(), patient());

    expect(reference).toBe('order-4711');
    expect((await artifacts[0]?.open(patient()))?.length).toBe(20 * MiB);
  });

  test('a report of 20 MiB and a byte is rejected', async () => {
    const json = JSON.stringify({ id: 50123, status: 'OK' });
    await using api = await served(async () => json.padEnd(20 * MiB + 1));

    await expect(api.evidence().fetch(job(), kept(), patient())).rejects.toMatchObject({
      kind: 'too_large',
      message: 'GET report: over 20 MiB',
    });
  });

  test('an endless report is aborted at the limit', async () => {
    // Prepare
    let sent = 0;
    const closed = Promise.withResolvers<void>();
    await using api = await served(async (_url, response) => {
      response.on('close', () => closed.resolve());
      const chunk = Buffer.alloc(MiB, ' ');
      // Ten times the limit, so that the test also ends if the reader has no limit.
      while (sent < 200 * MiB && !response.destroyed) {
        sent += chunk.byteLength;
        if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed.promise]);
      }
      return '';
    });

    // Act
    const fetching = api.evidence().fetch(job(), kept(), patient());

    // Assess
    await expect(fetching).rejects.toMatchObject({ kind: 'too_large' });
    await closed.promise;
    // Bytes in the buffers of the sockets count as sent.
    expect(sent).toBeLessThan(50 * MiB);
  });
});

type Respond = (url: string, response: ServerResponse) => Promise<string | Uint8Array>;

/** Starts an API below a prefix. Its configured base URL ends with two slashes. Every login succeeds. */
async function served(respond: Respond) {
  const server = await startLoopbackServer(async (request, response) => {
    const { url = '' } = request;
    if (url.endsWith('/user/login/')) response.end('{"token":"t"}');
    else response.end(await respond(url, response));
  });
  const instances = await instancesOf(dynamodb, { apiUrl: `${server.url}/prefix//` });
  return { ...instances, [Symbol.asyncDispose]: server.stop };
}
