import { createHmac } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { consumer, type EventConsumer } from '../support/event-consumer.ts';
import { eventually } from '../support/eventually.ts';
import { projectWithFourthProvider } from '../support/fourth-provider.ts';
import { npmStartIn, type RunningStart, simulateIn } from '../support/npm-start.ts';
import type { ProjectCopy } from '../support/project-copy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The fields of `GET /_local` that the tests read. */
const Description = z.object({
  region: z.string(),
  endpoints: z.object({ sqs: z.string(), s3: z.string() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  webhookPaths: z.record(z.string(), z.array(z.string())),
  config: z.object({ acme: z.object({ signingKeys: z.tuple([z.string()]) }) }),
  simulators: z.object({ acme: z.string() }),
  resources: z.object({
    eventsQueueUrl: z.string(),
    evidenceBucket: z.string(),
    evidenceJobs: z.record(z.string(), z.object({ queueUrl: z.string() })),
  }),
});

let copy: ProjectCopy;
let started: RunningStart;
let url: string;
let local: z.infer<typeof Description>;
let s3: S3Client;
let sqs: SQSClient;
let events: EventConsumer;

beforeAll(async () => {
  copy = await projectWithFourthProvider();
  started = npmStartIn(copy.directory, '--no-demo', '--port', '0');
  url = await eventually(() => servedAt(started), { timeoutMs: 110_000 });
  local = Description.parse(await (await fetch(`${url}/_local`)).json());
  const { region, credentials, endpoints } = local;
  s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  events = consumer(sqs, local.resources.eventsQueueUrl);
});
afterAll(async () => {
  events?.stop();
  started?.process.kill('SIGINT');
  await started?.exited;
  sqs?.destroy();
  s3?.destroy();
  await copy?.remove();
});

function servedAt(running: RunningStart): string {
  const [, address] = /GET {2}(http:\S+)\/_local/.exec(running.output()) ?? [];
  if (address === undefined) throw new Error(`not serving yet:\n${running.output()}`);
  return address;
}

const person = { first_name: 'Erika', last_name: 'Mustermann' };

/** Stores a case in the simulator of the example provider Acme. */
async function putCheck(id: string, status: 'approved' | 'rejected'): Promise<void> {
  const body = JSON.stringify({ id, status, person });
  await fetch(`${local.simulators.acme}/_simulator/checks/${id}`, { method: 'PUT', body });
}

async function post(body: string, signature: string | null): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(signature && { 'x-acme-signature': signature }) };
  const { status } = await fetch(`${url}/webhooks/acme`, { method: 'POST', headers, body });
  return status;
}

/** Signs a body in the way that the documentation of the example provider Acme describes. */
const sign = (body: string, key: string = local.config.acme.signingKeys[0]) =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

const webhook = (check: string, status: string, rest: object = {}) =>
  JSON.stringify({ check, status, reference: 'case-4711', time: '2026-11-28T10:00:00Z', ...rest });

describe('a stack with a fourth provider', () => {
  test('a signed webhook of the fourth provider is published, and its evidence is archived', async () => {
    // Prepare
    await putCheck('chk-1', 'approved');
    const body = webhook('chk-1', 'approved');

    // Act
    const status = await post(body, sign(body));

    // Assess
    expect(status).toBe(200);
    const [decided, archived] = await events.receive('acme:chk-1', 2);
    expect(decided).toMatchObject({
      type: 'idv.verification.decided.v1',
      source: '/providers/acme',
      data: { provider: 'acme', reference: 'case-4711', outcome: 'approved', finality: 'final' },
    });
    const folder = `evidence/acme/acme!chk-1/${decided?.data.generation}/000001`;
    expect(archived).toMatchObject({
      type: 'idv.evidence.archived.v1',
      data: {
        claims: { given_name: 'Erika', family_name: 'Mustermann' },
        evidence: { manifest: `${folder}/manifest.json` },
      },
    });
    const { Contents: objects = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: local.resources.evidenceBucket, Prefix: 'evidence/' }),
    );
    expect(objects.map(({ Key }) => Key)).toEqual([
      `${folder}/check.json`,
      `${folder}/manifest.json`,
      `${folder}/report.pdf`,
    ]);
  });

  test('the person of a rejected case of the fourth provider is extracted, and is no claim', async () => {
    // Prepare
    await putCheck('chk-2', 'rejected');
    const body = webhook('chk-2', 'rejected');

    // Act
    await post(body, sign(body));

    // Assess
    const [, archived] = await events.receive('acme:chk-2', 2);
    expect(archived?.data).toMatchObject({
      outcome: 'declined',
      claims: {},
      extracted: { given_name: 'Erika', family_name: 'Mustermann' },
    });
  });

  test.each([
    { title: 'no signature', signatureOf: () => null },
    { title: 'the signature of another body', signatureOf: () => sign('{}') },
    { title: 'a signature with another key', signatureOf: (body: string) => sign(body, 'another') },
  ])(
    'a webhook of the fourth provider is answered 401 if its signature is missing or wrong: $title',
    async ({ signatureOf }) => {
      const body = webhook('chk-forged', 'approved');

      expect(await post(body, signatureOf(body))).toBe(401);
    },
  );

  test('an unknown status of the fourth provider is quarantined', async () => {
    const body = webhook('chk-unknown', 'astonished');

    expect(await post(body, sign(body))).toBe(202);
  });

  test('npm run simulate plays the fourth provider', async () => {
    const simulated = simulateIn(copy.directory, 'acme', 'DEMO', '--port', new URL(url).port);

    expect(await simulated.exited, simulated.output()).toBe(0);
    expect(simulated.output().match(/"status":"accepted"/g)).toHaveLength(2);
  });

  test('GET /_local describes the fourth provider', () => {
    expect(local.webhookPaths.acme).toEqual(['/webhooks/acme']);
    expect(local.resources.evidenceJobs.acme?.queueUrl).toMatch(/evidence-jobs-acme$/);
  });

  test('the bundles of the fourth provider hold no code of other providers', async () => {
    for (const name of ['receive-acme', 'fetch-acme-evidence']) {
      const bundle = await readFile(join(copy.directory, 'dist', name, 'index.js'), 'utf8');
      expect(bundle).not.toMatch(/IDNOW_|ID360_|DATAKEEN_/);
    }
  });
});

test('adding a fourth provider changes only three lists outside of the new provider’s folders', async () => {
  // Prepare
  const own = /^(shared\/providers|functions|local\/simulators)\/acme\/|^local\/providers\/acme\.ts$/;
  const sources = (directory: string) =>
    globSync('{functions,infra,local,shared}/**/*.ts', { cwd: directory }).toSorted();

  // Act
  const changed: string[] = [];
  for (const file of sources(copy.directory).filter((path) => !own.test(path))) {
    const [before, after] = await Promise.all(
      [root, copy.directory].map((directory) => readFile(join(directory, file), 'utf8').catch(() => null)),
    );
    if (before !== after) changed.push(file);
  }

  // Assess
  expect(changed).toEqual([
    'local/providers/local-providers.ts',
    'shared/operations/stack/provider-list.ts',
    'shared/providers/providers.ts',
  ]);
});
