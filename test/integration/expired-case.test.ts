import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { removeExpiredRows } from '../support/remove-expired-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { readVerificationRow } from '../support/verification-rows.ts';

const areas = ['evidence', 'findings', 'deliveries', 'unconfirmed', 'parked'];

let dataDir: string;
let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  // The test removes expired rows in the database of the local stack's own emulator.
  vi.stubEnv('DYNAMODB_ENDPOINT', '');
  dataDir = await mkdtemp(join(tmpdir(), 'expired-case-'));
  sut = await startSystemUnderTest({ dataDir });
  ({ dynamodb } = sut);
});
afterAll(async () => {
  await sut?.stop();
  await rm(dataDir, { recursive: true });
  vi.unstubAllEnvs();
});

const idOf = (transaction: string) => `idnow:${companyId}:${transaction}`;
const startOf = (transactionNumber: string) =>
  makeIdent({ companyId, transactionNumber, state: 'START', time: new Date('2026-11-22T10:00:00Z') });

/** Plays a case with a row, a history, and objects in each area of the bucket. */
async function playCase(transactionNumber: string): Promise<void> {
  const ident = makeIdent({
    companyId,
    transactionNumber,
    state: 'SUCCESS',
    time: new Date('2026-11-22T10:05:00Z'),
    // A body that gzip cannot compress is too large for a row, so it is stored below `deliveries/`.
    custom: { custom1: randomBytes(300 * 1024).toString('base64') },
  });
  sut.simulator.put(ident);
  await sut.post(startOf(transactionNumber));
  await sut.post(ident);
  await sut.post(ident);
  const events = await sut.events.receive(idOf(transactionNumber), 3);
  expect(events.at(-1)?.type).toBe('idv.evidence.archived.v1');
  // This case is short and nothing of it is parked, so the test stores the other objects itself.
  for (const area of ['findings', 'unconfirmed', 'parked']) {
    const Key = `${area}/idnow/idnow!${companyId}!${transactionNumber}/1.json`;
    await sut.s3.send(new PutObjectCommand({ Bucket: bucket(), Key, Body: '{}' }));
  }
}

const bucket = () => sut.system.stack.outputs.EvidenceBucketName;
const table = () => sut.system.stack.outputs.VerificationsTableName;
const rowOf = (transaction: string) => ({
  TableName: table(),
  Key: { verificationId: { S: idOf(transaction) } },
});

/** Returns what the tables and the bucket hold of a case: whether its row exists, and the counts of the rest. */
async function remainsOf(transaction: string) {
  const { Item: item } = await dynamodb.send(new GetItemCommand(rowOf(transaction)));
  const { Count: history = 0 } = await dynamodb.send(
    new QueryCommand({
      TableName: sut.system.stack.outputs.HistoryTableName,
      KeyConditionExpression: 'subject = :subject',
      ExpressionAttributeValues: { ':subject': { S: idOf(transaction) } },
    }),
  );
  const versions = await Promise.all(areas.map((area) => countVersions(area, transaction)));
  return { row: item !== undefined, history, areas: versions };
}

async function countVersions(area: string, transaction: string): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = await sut.s3.send(
    new ListObjectVersionsCommand({
      Bucket: bucket(),
      Prefix: `${area}/idnow/idnow!${companyId}!${transaction}/`,
    }),
  );
  return Versions.length + DeleteMarkers.length;
}

/** Lets the row of a case expire, as if its retention had ended. */
async function expire(transaction: string): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      ...rowOf(transaction),
      UpdateExpression: 'SET expiresAt = :past',
      ExpressionAttributeValues: { ':past': { N: String(Math.floor(Date.now() / 1000) - 3600) } },
    }),
  );
}

/**
 * Waits until the relay has read all writes to the rows of these cases. Otherwise it could add history rows after the
 * deletion. In a stage, a row expires days after its last write at the earliest, and the relay has read it long before.
 *
 * @param additionalWrites the number of writes without an event
 */
async function untilRelayed(transactions: readonly string[], additionalWrites: number): Promise<void> {
  const rows = await Promise.all(
    transactions.map((each) => readVerificationRow(dynamodb, table(), idOf(each))),
  );
  const writes = rows.reduce((sum, { verification }) => sum + verification.sequence, additionalWrites);
  await eventually(() => {
    const relayed = sut.logs.map((line) => Number(/"WritesRelayed":(\d+)/.exec(line)?.[1] ?? 0));
    expect(relayed.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(writes);
  });
}

test('nothing of a case outlives its row, and other cases and the next generation of the case stay', async () => {
  // Prepare
  const [expired, similar, deleted] = ['txn-1', 'txn-10', 'txn-2'];
  for (const transaction of [expired, similar, deleted]) await playCase(transaction);
  await expire(expired);
  await untilRelayed([expired, similar, deleted], 1);
  const [before, similarBefore, deletedBefore] = await Promise.all(
    [expired, similar, deleted].map((each) => remainsOf(each)),
  );
  expect(before?.row).toBe(true);
  expect(before?.history).toBeGreaterThanOrEqual(3);
  for (const count of before?.areas ?? [0]) expect(count).toBeGreaterThan(0);
  // DynamoDB reports the removal in whole seconds, so what is written in the same second would stay.
  const playedAt = Math.floor(Date.now() / 1000);
  await eventually(() => expect(Math.floor(Date.now() / 1000)).toBeGreaterThan(playedAt));

  // Act
  await dynamodb.send(new DeleteItemCommand(rowOf(deleted)));
  await removeExpiredRows(dataDir);

  // Assess
  await eventually(async () =>
    expect(await remainsOf(expired)).toEqual({ row: false, history: 0, areas: areas.map(() => 0) }),
  );
  expect(await remainsOf(similar)).toEqual(similarBefore);
  expect(await remainsOf(deleted), 'a person deleted the row, so the rest stays').toEqual({
    ...deletedBefore,
    row: false,
  });
  const deletions = await eventually(() => {
    const lines = sut.logs.filter((line) => line.includes('an expired case is deleted'));
    expect(lines).toHaveLength(1);
    return lines;
  });
  expect(deletions[0]).toContain(idOf(expired));

  // Act
  const answer = await sut.post(startOf(expired));

  // Assess
  expect(answer.body).toMatchObject({ status: 'accepted', sequence: 1 });
  const next = await eventually(async () => {
    const remains = await remainsOf(expired);
    expect(remains.history).toBeGreaterThan(0);
    return remains;
  });
  expect(next.row).toBe(true);
});

test('GET /_local names the table of the history', async () => {
  const { url, outputs } = sut.system.stack;

  const { resources } = Object(await (await fetch(`${url}/_local`)).json());

  expect(resources.historyTable).toBe(outputs.HistoryTableName);
  expect(resources).not.toHaveProperty('deliveriesTable');
});
