import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImportCommand } from '../../local/operations/import-command.ts';
import { makeShootIdResult } from '../../local/simulators/shootid/make-shootid-result.ts';
import {
  type ShootIdSimulator,
  startShootIdSimulator,
} from '../../local/simulators/shootid/start-shootid-simulator.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import { historyRows } from '../support/history-rows.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { readVerificationRow } from '../support/verification-rows.ts';

const credentials = { applicationToken: 'a-test-token', applicationSecret: 'a-test-secret' };
let sut: SystemUnderTest;
let shootid: ShootIdSimulator;
let dynamodb: DynamoDBClient;
let folder = '';
beforeAll(async () => {
  shootid = await startShootIdSimulator(credentials);
  sut = await startSystemUnderTest();
  const { endpoints, region, credentials: aws } = sut.system.stack;
  dynamodb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials: aws });
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials));
});
afterAll(async () => {
  dynamodb?.destroy();
  await sut?.stop();
  await shootid?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Imports these lines. @returns the exit code and the printed lines */
async function runImport(lines: readonly string[], ...args: string[]) {
  const file = join(folder, 'ids.txt');
  await writeFile(file, lines.join('\n'));
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { print: (line: string) => out.push(line), complain: (line: string) => err.push(line) };
  const { port } = new URL(sut.system.stack.url);
  const access = ['--credentials', join(folder, 'credentials.json'), '--api-url', shootid.url];
  const code = await runImportCommand(['shootid', file, '--port', port, ...access, ...args], terminal, 0);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const id = '2c95841e45404f7e0145405da33f0009';

test('a transaction is archived, normalized and published, and a second import changes nothing', async () => {
  // Prepare
  const verificationId = `shootid:${id}`;
  const result = makeShootIdResult({ transactionId: id });
  shootid.put(result);

  // Act
  const first = await runImport([id, '', id]);

  // Assess: the events
  expect(first).toEqual({
    code: 0,
    out: `${verificationId} imported\n1 transactions: 1 imported, 0 unchanged, 0 failed, 0 unfinished, 0 not tried`,
    err: '',
  });
  const events = await sut.events.receive(verificationId, 3);
  expect(events.map(({ type, data }) => [type, data.sequence, data.phase, data.outcome])).toEqual([
    ['idv.verification.updated.v1', 1, 'created', null],
    ['idv.verification.updated.v1', 2, 'submitted', null],
    ['idv.evidence.archived.v1', 3, 'submitted', null],
  ]);
  const { data } = events.at(-1) ?? {};
  expect(data).toMatchObject({
    provider: 'shootid',
    claims: {},
    documents: [
      {
        type: 'identity',
        provider_data: {
          documentId: 0,
          status: 'SCANNED',
          ocr: { lastName: 'SPECIMEN', firstName: 'NATACHA', confidence: 0.93 },
        },
      },
    ],
  });

  // Assess: the archive
  const archive = evidenceOf(sut);
  const inBucket = await archive.folder(verificationId);
  const bytes = await archive.bytes(`${inBucket}/result.json`);
  const manifest = await archive.bytes(`${inBucket}/manifest.json`);
  expect(JSON.parse(bytes.toString())).toEqual(result);
  expect(JSON.parse(manifest.toString()).artifacts).toMatchObject([
    { name: 'result.json', sha256: sha256(bytes) },
  ]);
  expect(data?.evidence).toMatchObject({ status: 'archived', manifestSha256: sha256(manifest) });

  // Act: import again
  const rows = await eventually(async () => {
    const found = await historyRows(sut, verificationId);
    expect(found).toHaveLength(3);
    return found;
  });
  const row = () =>
    readVerificationRow(dynamodb, sut.system.stack.outputs.VerificationsTableName, verificationId);
  const before = { row: await row(), calls: shootid.requests.result };
  const again = await runImport([id]);

  // Assess
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('0 imported, 1 unchanged')]);
  expect({ row: await row(), calls: shootid.requests.result }).toEqual(before);
  expect(await historyRows(sut, verificationId)).toEqual(rows);
  expect(await archive.keys('evidence/shootid/')).toEqual([
    `${inBucket}/manifest.json`,
    `${inBucket}/result.json`,
  ]);
  expect(await archive.keys('parked/')).toEqual([]);
});

test('an import that could not finish is continued by the next one, with the same job', async () => {
  shootid.put(makeShootIdResult({ transactionId: 'slow' }));
  shootid.failNext('result', { status: 500, times: 2 });

  const first = await runImport(['slow'], '--tries', '2');
  const second = await runImport(['slow']);

  expect([first.code, first.err]).toEqual([1, 'shootid:slow unfinished: transient']);
  expect([second.code, second.out]).toEqual([0, expect.stringContaining('shootid:slow imported')]);
  const events = await sut.events.receive('shootid:slow', 3);
  expect(events.map(({ data }) => data.evidence?.requestedBy)).toEqual([1, 1, 1]);
});

test('a transaction that ShootID does not know fails with an event, and may be imported later', async () => {
  const first = await runImport(['late']);
  shootid.put(makeShootIdResult({ transactionId: 'late' }));
  const second = await runImport(['late']);

  expect([first.code, first.err]).toEqual([1, 'shootid:late failed: not_found']);
  expect(second.code).toBe(0);
  const types = (await sut.events.receive('shootid:late', 5)).map(({ type }) => type);
  expect(types).toEqual([
    'idv.verification.updated.v1',
    'idv.evidence.failed.v1',
    'idv.verification.updated.v1',
    'idv.verification.updated.v1',
    'idv.evidence.archived.v1',
  ]);
});

test('the result of another transaction is never archived', async () => {
  shootid.put(makeShootIdResult({ transactionId: 'mine' }));
  const other = JSON.stringify(makeShootIdResult({ transactionId: 'other' }));
  const headers = { 'content-type': 'application/json' };
  shootid.failNext('result', { status: 200, times: 1, body: other, headers });

  const { code } = await runImport(['mine']);

  expect(code).toBe(0);
  const stored = await evidenceOf(sut).bytes(`${await evidenceOf(sut).folder('shootid:mine')}/result.json`);
  expect(JSON.parse(stored.toString()).transactionId).toBe('mine');
});

test('a transaction without a scanned document stays created, and its result is archived', async () => {
  shootid.put(makeShootIdResult({ transactionId: 'unused', status: 'READY_TO_BE_SCANNED' }));

  await runImport(['unused']);

  const events = await sut.events.receive('shootid:unused', 2);
  expect(events.map(({ type, data }) => [type, data.phase])).toEqual([
    ['idv.verification.updated.v1', 'created'],
    ['idv.evidence.archived.v1', 'created'],
  ]);
});

test('an import stops at the first transaction if ShootID refuses the credentials', async () => {
  shootid.failNext('result', { status: 401, times: 9 });

  const { code, out, err } = await runImport(['a', 'b', 'c'], '--tries', '1');

  expect([code, err]).toEqual([1, 'shootid:a unfinished: unauthorized']);
  expect(out).toContain('1 unfinished, 2 not tried');
});

test('with --simulate, the import needs no ShootID and no credentials', async () => {
  const { code, out } = await runImport(['simulated-1', 'simulated-2'], '--simulate');

  expect([code, out]).toEqual([0, expect.stringContaining('2 transactions: 2 imported')]);
});

test.each([
  ['a line that is no id', ['a', '..'], [], 'line 2: is not a transaction id'],
  ['a number of tries that is none', ['a'], ['--tries', '0'], '--tries 0'],
  ['credentials that are not there', ['a'], ['--credentials', '/nowhere'], '--credentials /nowhere'],
  ['a third argument', ['a'], ['more'], 'Usage: npm run import'],
] as const)('an import with %s ends before its first call', async (_title, lines, args, why) => {
  const calls = shootid.requests.result;

  const { code, err } = await runImport(lines, ...args);

  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  expect(shootid.requests.result).toBe(calls);
});
