import { DeleteItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runRepublishCommand } from '../../local/operations/republish-command.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { historyRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  sut = await startSystemUnderTest();
  ({ dynamodb } = sut);
});
afterAll(async () => {
  await sut?.stop();
});

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

/** Posts statements of a case, one per minute, without a job. Waits until the history has all of them. */
async function deliver(transactionNumber: string, count: number) {
  for (let minute = 1; minute <= count; minute++) {
    const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
    await sut.post(makeIdent({ companyId, transactionNumber, state: 'CHECK_PENDING', time }));
  }
  return rowsOfHistory(transactionNumber, count);
}

function rowsOfHistory(transactionNumber: string, count: number) {
  return eventually(async () => {
    const rows = await historyRows(sut, idOf(transactionNumber));
    expect(rows).toHaveLength(count);
    return rows;
  });
}

/** Deletes the history of a case, as if the relay had never processed its writes. */
async function deleteHistory(transactionNumber: string) {
  const TableName = sut.system.stack.outputs.HistoryTableName;
  for (const { subject, at } of await historyRows(sut, idOf(transactionNumber))) {
    await dynamodb.send(
      new DeleteItemCommand({ TableName, Key: { subject: { S: subject }, at: { S: at } } }),
    );
  }
}

const rowOf = (transactionNumber: string) => ({
  TableName: sut.system.stack.outputs.VerificationsTableName,
  Key: { verificationId: { S: idOf(transactionNumber) } },
});
const readRow = async (transactionNumber: string) =>
  (await dynamodb.send(new GetItemCommand(rowOf(transactionNumber)))).Item;

/** Runs `npm run republish` for the local stack. @returns the printed lines */
async function republish(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const { port } = new URL(sut.system.stack.url);
  const code = await runRepublishCommand(['--port', port, '--older-than', '0', ...args], {
    print,
    complain: print,
  });
  expect(code, lines.join('\n')).toBe(0);
  return lines;
}

test('writes in the bucket and in the row that were lost with the stream come back in one command', async () => {
  // Prepare: 23 statements. Four objects have five each, and their keys are in no order.
  const complete = await deliver('long', 23);
  await deleteHistory('long');
  const row = await readRow('long');
  expect(await evidenceOf(sut).keys(`unconfirmed/idnow/idnow!${companyId}!long/`)).toHaveLength(4);
  const published = (await sut.events.receive(idOf('long'), 23)).map((event) => event.id);

  // Act
  const planned = await republish();
  const afterPlan = [await historyRows(sut, idOf('long')), await readRow('long')];
  const done = await republish('--yes');
  const recovered = await rowsOfHistory('long', 23);
  const again = await republish('--yes');

  // Assess
  expect(planned.slice(0, 24)).toEqual([...published, expect.stringContaining('1 of 1 verifications')]);
  expect(planned.at(-1)).toContain('Run the command with --yes');
  expect(afterPlan).toEqual([[], row]);
  expect(done).toEqual([...published, '1 of 1 verifications are published again']);
  expect(recovered).toEqual(complete);
  expect(recovered.map(({ sequence }) => sequence)).toEqual(Array.from(published, (_, index) => index + 1));
  expect(again).toEqual(['0 of 1 verifications are published again']);
});

test('an object of a case without a row is named, and nothing is published', async () => {
  // Prepare
  await deliver('gone', 6);
  await deleteHistory('gone');
  await dynamodb.send(new DeleteItemCommand(rowOf('gone')));
  const [key] = await evidenceOf(sut).keys(`unconfirmed/idnow/idnow!${companyId}!gone/`);

  // Act
  const planned = await republish();
  const done = await republish('--yes');

  // Assess
  const line = `${key} has events that were never published, but its case has no row: nothing is published`;
  expect([planned.at(-1), done.at(-1)]).toEqual([line, line]);
  expect([await historyRows(sut, idOf('gone')), await readRow('gone')]).toEqual([[], undefined]);
});

test('an object that is none of this project is named, and the run continues', async () => {
  const key = `unconfirmed/idnow/idnow!${companyId}!foreign/w.json`;
  const { bucket } = evidenceOf(sut);
  await sut.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: '{}' }));
  expect(await republish()).toContain(`${key} has no unconfirmed writes of this project`);
});
