import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import { BlobStoreError, createS3BlobReader, createS3BlobStore } from '../../shared/platform/blob-store.ts';

/** Creates a store and a reader whose S3 answers with a status, and records the requests. */
async function storeAnswering(status: number, body = '', variable = 'AWS_ENDPOINT_URL_S3') {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    [variable]: `http://127.0.0.1:${getListeningPort(server.address())}`,
  };
  return {
    store: createS3BlobStore(environment, 'a-bucket'),
    reader: createS3BlobReader(environment, 'a-bucket'),
    requests,
    stop: () => server.close(),
  };
}

const bytes = Buffer.from('{}');

test.each([
  { status: 200, isNew: true },
  { status: 412, isNew: false },
])(
  'putOnce returns true only if the object is new: $isNew if S3 answers $status',
  async ({ status, isNew }) => {
    // Prepare
    const { store, requests } = await storeAnswering(status);

    // Act
    const answer = await store.putOnce('parked/idnow/idnow!c!t/1-record.json', bytes, 'application/json');

    // Assess
    expect(answer).toBe(isNew);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /a-bucket/parked/idnow/idnow%21c%21t/1-record.json',
    ]);
    expect(requests[0]?.headers['if-none-match']).toBe('*');
    expect(requests[0]?.headers['content-type']).toBe('application/json');
    // The CRC32 of `{}` is a3a6bf43. A bucket with Object Lock refuses an object without a checksum.
    expect(requests[0]?.headers['x-amz-checksum-crc32']).toBe('o6a/Qw==');
    expect(requests[0]?.headers.authorization).toContain('x-amz-checksum-crc32');
  },
);

test('objects go to the endpoint of all services if S3 has none of its own, as with the AWS SDK', async () => {
  const { store, requests } = await storeAnswering(200, '', 'AWS_ENDPOINT_URL');

  expect(await store.putOnce('parked/unreadable/1.json', bytes, 'application/json')).toBe(true);
  expect(requests).toHaveLength(1);
});

test.each([403, 409, 500])(
  'putOnce throws if S3 answers %i, because nothing shows that the object exists',
  async (status) => {
    // Prepare
    const { store } = await storeAnswering(status);

    // Act
    const answer = store.putOnce('parked/unreadable/1.json', bytes, 'application/json');

    // Assess
    await expect(answer).rejects.toThrow(`S3 answered ${status}`);
  },
);

test('get returns the bytes of an object, and null if there is none', async () => {
  // Prepare
  const found = await storeAnswering(200, 'content');
  const missing = await storeAnswering(404, 'NoSuchKey');
  const key = 'unconfirmed/idnow/idnow!c!t/20261122T100000Z/w5.json';
  // Act and assess
  expect(Buffer.from((await found.reader.get(key)) ?? []).toString()).toBe('content');
  expect(await missing.reader.get(key)).toBeNull();
  expect(found.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `GET /a-bucket/${key.replaceAll('!', '%21')}`,
  ]);
});

test.each([403, 500])('get throws BlobStoreError if S3 answers %i', async (status) => {
  const { reader } = await storeAnswering(status);
  await expect(reader.get('unconfirmed/x.json')).rejects.toThrow(BlobStoreError);
});

test('get throws BlobStoreError if S3 does not answer', async () => {
  const { reader, stop } = await storeAnswering(200);
  stop();
  await expect(reader.get('unconfirmed/x.json')).rejects.toThrow(BlobStoreError);
});

test.each([
  ['eu-west-1', 's3.eu-west-1.amazonaws.com'],
  ['cn-north-1', 's3.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', 's3.eusc-de-east-1.amazonaws.eu'],
  ['us-gov-west-1', 's3.us-gov-west-1.amazonaws.com'],
])('in the region %s, objects go to the host %s', async (region, host) => {
  // Prepare
  const hosts: string[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    hosts.push(new URL(request.url).host);
    return new Response();
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const environment = { AWS_REGION: region, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };

  // Act
  await createS3BlobStore(environment, 'a-bucket').putOnce('parked/1.json', bytes, 'application/json');

  // Assess
  expect(hosts).toEqual([host]);
});
