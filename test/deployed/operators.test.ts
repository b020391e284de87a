import { randomBytes } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { historyRows } from '../support/history-rows.ts';
import { deployed } from './deployed-system.ts';
import { stageName } from './deployment/stage-file.ts';
import { credentials, region } from './emulator/aws-environment.ts';
import { companyId, ident } from './idents.ts';
import { actAs } from './operator.ts';
import { postWebhook } from './post-webhook.ts';
import { runCommand, runScript } from './run-command.ts';

const process = '8f14e45f-ceea-467f-9a5b-0d9d8a1c9b1e';
const denied = /AccessDenied|not authorized/;
const idOf = (transaction: string) => `idnow:${companyId}:${transaction.toLowerCase()}`;

/** Publishes 10 statements of a case, and removes their history, as if the relay had never seen them. */
async function loseTheStreamOf(transaction: string): Promise<void> {
  for (let minute = 1; minute <= 10; minute++) {
    const answer = await postWebhook(deployed, ident(transaction, 'CHECK_PENDING', minute));
    expect(answer.status).toBe(200);
  }
  const rows = await eventually(async () => {
    const found = await historyRows(deployed, idOf(transaction));
    expect(found).toHaveLength(10);
    return found;
  });
  const dynamodb = new DynamoDBClient({ endpoint: deployed.deployment.endpoint, region, credentials });
  const TableName = deployed.system.stack.outputs.HistoryTableName;
  for (const { subject, at } of rows)
    await dynamodb.send(
      new DeleteItemCommand({ TableName, Key: { subject: { S: subject }, at: { S: at } } }),
    );
  dynamodb.destroy();
}

test('with the rights of secrets-policy.json, npm run secrets reads all secrets, and without the right to read them it fails', async () => {
  const lines = (await runScript(await actAs(deployed, 'secrets'), 'secrets', stageName)).trim().split('\n');

  expect(lines.map((line) => line.split(' ')[0])).toEqual(Array(6).fill('complete'));
  const weak = await actAs(deployed, 'secrets', 'ReadSecrets');
  await expect(runScript(weak, 'secrets', stageName)).rejects.toThrow(denied);
});

test('with the rights of cases-policy.json, cases are opened and closed, and without the right to read evidence no ident is deleted', async () => {
  // Prepare: an archived ident
  const final = ident('TXN-to-delete', 'SUCCESS', 9);
  await deployed.putState('idnow', final);
  await postWebhook(deployed, final);
  await deployed.events.receive(idOf('TXN-to-delete'), 2);
  const operator = await actAs(deployed, 'cases');

  // Act
  const idnow = JSON.parse(await runCommand(operator, 'open-case', 'idnow', 'operator-idnow'));
  const id360 = JSON.parse(
    await runCommand(
      operator,
      'open-case',
      'id360',
      'operator-id360',
      ...['--process', process, '--field', 'browser_callback_url=https://shop.example/done'],
    ),
  );
  const datakeen = JSON.parse(await runCommand(operator, 'open-case', 'datakeen', 'operator-datakeen'));
  const discontinued = await runCommand(operator, 'close-case', id360.verificationId, '--yes');
  const weak = await actAs(deployed, 'cases', 'VerifyEvidenceBeforeADeletion');
  const refused = runCommand(weak, 'close-case', idOf('TXN-to-delete'), '--yes');
  await expect(refused).rejects.toThrow(/cannot be read|AccessDenied/);
  const deleted = await runCommand(operator, 'close-case', idOf('TXN-to-delete'), '--yes');

  // Assess
  for (const { registration } of [idnow, id360, datakeen])
    expect(registration).toMatchObject({ kind: 'accepted', sequence: 1 });
  expect(discontinued).toContain('is discontinued at ID360, and recorded as event 2');
  expect(deleted).toMatch(/is deleted at IDnow; \d+ artifacts are in the archive/);
});

test('with the rights of reconcile-policy.json, a lost case with large findings is recorded, and without the right to the index it is not', async () => {
  // Prepare: a result that is too large for a row
  const final = ident('TXN-large', 'SUCCESS', 9);
  const time = new Date().toISOString();
  const custom = { custom1: randomBytes(300 * 1024).toString('base64') };
  await deployed.putState('idnow', {
    ...final,
    identificationprocess: { ...final.identificationprocess, identificationtime: time },
    customdata: custom,
  });
  const reconcile = ['reconcile', '--provider', 'idnow', '--since', '1h'] as const;

  // Act
  const weak = await actAs(deployed, 'reconcile', 'FindOpenCases');
  await expect(runCommand(weak, ...reconcile)).rejects.toThrow(denied);
  const done = await runCommand(await actAs(deployed, 'reconcile'), ...reconcile);

  // Assess
  expect(done).toContain(`${idOf('TXN-large')}  unknown → SUCCESS (approved)  recorded as event 1`);
  const [event] = await deployed.events.receive(idOf('TXN-large'), 1);
  expect(event?.dataref).toContain('/findings/idnow/');
});

test('with the rights of republish-policy.json, lost writes in rows and in the bucket are published, and without the right to the history they are not', async () => {
  // Prepare
  await loseTheStreamOf('TXN-lost-stream');
  const republish = ['republish', '--older-than', '0'] as const;

  // Act
  const weak = await actAs(deployed, 'republish', 'FindPublishedWrites');
  await expect(runCommand(weak, ...republish)).rejects.toThrow(denied);
  const operator = await actAs(deployed, 'republish');
  const planned = await runCommand(operator, ...republish);
  await runCommand(operator, ...republish, '--yes');

  // Assess
  const events = planned.split('\n').filter((line) => line.startsWith(`${idOf('TXN-lost-stream')}#`));
  expect(events).toHaveLength(10);
  await eventually(async () => expect(await historyRows(deployed, idOf('TXN-lost-stream'))).toHaveLength(10));
});

test('with the rights of new-generations-policy.json, all cases begin a new generation, and without the right to write they do not', async () => {
  const at = ['--at', new Date(Date.now() + 60_000).toISOString()];

  const weak = await actAs(deployed, 'new-generations', 'RewriteVerifications');
  await expect(runCommand(weak, 'new-generations', ...at)).rejects.toThrow(denied);
  const operator = await actAs(deployed, 'new-generations');
  const done = await runCommand(operator, 'new-generations', ...at, '--yes');

  expect(done).toMatch(/[1-9]\d* verifications have the new generation; 0 are as new already/);
});
