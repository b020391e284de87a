import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import {
  type IdnowSimulator,
  startIdnowSimulator,
} from '../../local/simulators/idnow/start-idnow-simulator.ts';
import { type CountingProxy, countingProxy } from '../support/counting-proxy.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const MiB = 1024 ** 2;
const zipBytes = 64 * MiB;

let provider: IdnowSimulator;
let download: CountingProxy;
let upload: CountingProxy;
let sut: SystemUnderTest;
/** The largest number of bytes that the fetcher held at once: IDnow had sent them, and S3 had not yet received them. */
let mostHeld = 0;

beforeAll(async () => {
  const accounts = [{ companyId, apiKey: 'a-test-api-key' }];
  provider = await startIdnowSimulator({ accounts, zipPadding: zipBytes });
  const onBytes = () => {
    mostHeld = Math.max(mostHeld, download.bytes.answers - upload.bytes.requests);
  };
  download = await countingProxy(provider.url, onBytes);
  sut = await startSystemUnderTest({
    idnow: { apiUrl: download.url, accounts },
    async interceptEndpoint(service, url) {
      if (service !== 's3') return url;
      upload = await countingProxy(url, onBytes);
      return upload.url;
    },
  });
});
afterAll(async () => {
  await sut?.stop();
  await Promise.all([download?.stop(), upload?.stop(), provider?.stop()]);
});

test('the fetcher streams a large ZIP and never holds more than a few parts of it', async () => {
  // Prepare
  const ident = makeIdent({ companyId, transactionNumber: 'large', state: 'SUCCESS', time: new Date() });
  provider.put(ident);

  // Act
  await sut.post(ident);
  const [, event] = await sut.events.receive(`idnow:${companyId}:large`, 2, 50_000);

  // Assess
  const zip = event?.data.evidence?.artifacts.find(({ name }) => name === 'ident.zip');
  expect(zip?.size).toBeGreaterThan(zipBytes);
  expect(await storedDigest(zip?.key)).toBe(zip?.sha256);
  expect(download.bytes.answers).toBeGreaterThan(zipBytes);
  expect(upload.bytes.requests).toBeGreaterThan(zipBytes);
  // The fetcher holds at most three parts of 8 MiB. The limit is higher, because sockets buffer bytes too.
  expect(mostHeld).toBeLessThan(48 * MiB);
});

async function storedDigest(key: string | undefined): Promise<string> {
  const { bucket } = evidenceOf(sut);
  const { Body: body } = await sut.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return createHash('sha256')
    .update((await body?.transformToByteArray()) ?? '')
    .digest('hex');
}
