import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runRepublishCommand } from '../../local/operations/republish-command.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { historyRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

const transactionNumber = 'long';
const id = `idnow:${companyId}:${transactionNumber}`;
const deliveries = 8;

async function rowsOfHistory(count: number) {
  return eventually(async () => {
    const rows = await historyRows(sut, id);
    expect(rows).toHaveLength(count);
    return rows;
  });
}

/** Deletes the history of the case, as if the relay had seen none of its writes. */
async function deleteHistory() {
  const { endpoints, region, credentials, outputs } = sut.system.stack;
  const dynamodb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  for (const { subject, at } of await historyRows(sut, id)) {
    const Key = { subject: { S: subject }, at: { S: at } };
    await dynamodb.send(new DeleteItemCommand({ TableName: outputs.HistoryTableName, Key }));
  }
  dynamodb.destroy();
}

test('the history of a case with many deliveries is complete again after the steps of the runbook', async () => {
  // Prepare: eight statements, without a job. Five of them are too many for the row, so they are in the bucket.
  for (let minute = 1; minute <= deliveries; minute++) {
    const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
    await sut.post(makeIdent({ companyId, transactionNumber, state: 'CHECK_PENDING', time }));
  }
  const complete = await rowsOfHistory(deliveries);
  await deleteHistory();
  expect(await historyRows(sut, id)).toEqual([]);
  const { keys, bytes } = evidenceOf(sut);

  // Act: invoke the relay with the objects, then republish.
  const objects = await keys('unconfirmed/');
  for (const key of objects) {
    const records = JSON.parse((await bytes(key)).toString());
    const relay = sut.system.stack.functions['idv-webhooks-local-relay-events'];
    expect(await relay?.invoke(records)).toMatchObject({ payload: { batchItemFailures: [] } });
  }
  const fromObjects = await historyRows(sut, id);
  const print = () => undefined;
  const { port } = new URL(sut.system.stack.url);
  const code = await runRepublishCommand(['--port', port, '--older-than', '0', '--yes'], {
    print,
    complain: print,
  });

  // Assess
  expect([objects.length, fromObjects.length, code]).toEqual([1, 5, 0]);
  expect(await rowsOfHistory(deliveries)).toEqual(complete);
  const sequences = complete.map(({ sequence }) => sequence).toSorted((a, b) => Number(a) - Number(b));
  expect(sequences).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
