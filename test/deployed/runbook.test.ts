import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expiryRecord } from '../support/expiry-record.ts';
import { historyRows, openQuarantine, quarantinedRow } from '../support/history-rows.ts';
import { deployed } from './deployed-system.ts';
import { stackName } from './deployment/stage-file.ts';
import { credentials, region } from './emulator/aws-environment.ts';
import { companyId, ident } from './idents.ts';
import { postWebhook } from './post-webhook.ts';
import { hasJq, openRunbookShell, type RunbookShell } from './runbook-shell.ts';

let shell: RunbookShell;
beforeAll(async () => {
  shell = await openRunbookShell(deployed);
});

const { outputs } = deployed.system.stack;
const idOf = (transaction: string) => `idnow:${companyId}:${transaction.toLowerCase()}`;
const dynamodb = new DynamoDBClient({ endpoint: deployed.deployment.endpoint, region, credentials });

/** Returns an item, as DynamoDB has it. */
async function readItem(TableName: string | undefined, key: Readonly<Record<string, string>>) {
  const Key = Object.fromEntries(Object.entries(key).map(([name, S]) => [name, { S }]));
  return (await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item;
}

const rowOf = (transaction: string) =>
  readItem(outputs.VerificationsTableName, { verificationId: idOf(transaction) });

/** Stores an object below `parked/` or `aws/lambda/`, as the stack does. */
async function putObject(Key: string, content: object): Promise<void> {
  const Body = JSON.stringify(content);
  await deployed.s3.send(new PutObjectCommand({ Bucket: outputs.EvidenceBucketName, Key, Body }));
}

/** Makes the stream record of the last write to a case. */
async function streamRecordOf(transaction: string) {
  return {
    ...expiryRecord(idOf(transaction), new Date()),
    eventName: 'MODIFY',
    userIdentity: undefined,
    dynamodb: {
      ...expiryRecord(idOf(transaction), new Date()).dynamodb,
      NewImage: await rowOf(transaction),
    },
  };
}

/** Posts the first webhook of a case, and waits for its row of the history. */
async function startCase(transaction: string): Promise<void> {
  expect((await postWebhook(deployed, ident(transaction, 'START'))).status).toBe(200);
  await eventually(async () => expect(await historyRows(deployed, idOf(transaction))).toHaveLength(1));
}

const readAnswer = async () =>
  JSON.parse(await readFile(join(deployed.deployment.project, 'answer.json'), 'utf8'));
/** The partitions of an index. A test reads only one of them, because each takes a second. */
const allShards = '0 1 2 3 4 5 6 7 8 9';
const now = () => Math.floor(Date.now() / 1000);

/** Runs a query of CloudWatch Logs Insights as the runbook shows it: the second command needs the id from the first. */
async function runLogsQuery(commands: string) {
  const [start = '', results = ''] = commands.split(/\n(?=aws logs get-query-results)/);
  const { queryId } = JSON.parse(await shell.run(start));
  return JSON.parse(await shell.run(results.replace('QUERY_ID', queryId)));
}

test('rotate a credential: the secret has both, and the receiver accepts the new one', async () => {
  const [username = '', password = ''] = Buffer.from(
    (deployed.idnowCredential.authorization ?? '').replace('Basic ', ''),
    'base64',
  )
    .toString()
    .split(':');
  const heading = 'Rotate a credential';
  const command = 'aws secretsmanager put-secret-value';

  await shell.run(
    shell.commands(heading, command, {
      '{"username":"idnow","password":"OLD"}': JSON.stringify({ username, password }),
    }),
  );

  const authorization = `Basic ${Buffer.from('idnow:NEW').toString('base64')}`;
  await eventually(async () => {
    const answer = await postWebhook(deployed, ident('TXN-rotated', 'START'), { headers: { authorization } });
    expect(answer.status).toBe(200);
  });
  expect((await postWebhook(deployed, ident('TXN-rotated', 'START'))).status).toBe(200);
});

test('every webhook is refused with 401: the commands say when the secret was changed, and that all are complete', async () => {
  const heading = 'Every webhook is refused with 401';
  const described = JSON.parse(await shell.run(shell.commands(heading, 'aws secretsmanager')));
  expect(described).toHaveProperty('LastChangedDate');
  const secrets = await shell.run(shell.commands(heading, 'npm run -s secrets'));
  expect(secrets.match(/^complete /gm)).toHaveLength(6);
});

test('the queries of logs are accepted', async () => {
  const times = { START: String(now() - 3600), END: String(now()) };
  // The stage of the test has no access logs.
  const group = outputs.ReceiveId360LogGroupName ?? '';
  const queries = [
    shell.commands('Every webhook is refused with 403', 'aws logs', { ...times, ACCESS_LOG_GROUP: group }),
    shell.commands('Webhooks are refused', 'aws logs start-query --log-group-name '),
    shell.commands('Webhooks are refused', 'aws logs start-query --log-group-names ', {
      ...times,
      ACCESS_LOG_GROUP: group,
    }),
  ];
  for (const query of queries) expect((await runLogsQuery(query)).status).toBe('Complete');
});

test('the commands about the stack and about throttled functions', async () => {
  const rollback = shell.commands('A first deployment was rolled back', 'aws cloudformation');
  const [describe = '', unprotect = '', deploy] = rollback.split('\n');
  expect(JSON.parse(await shell.run(describe))).toMatch(/_COMPLETE$/);
  await shell.run(unprotect);
  expect(deploy).toBe('npm run deploy -- -c stage=live');
  const throttled = 'A function is throttled';
  const settings = JSON.parse(await shell.run(shell.commands(throttled, 'aws lambda get-account')));
  expect(settings).toHaveProperty('AccountLimit.ConcurrentExecutions');
  await shell.run(shell.commands(throttled, 'aws lambda get-function-concurrency'));
});

test('lost webhooks and overdue cases: cases are compared, and open cases are listed', async () => {
  await startCase('TXN-open');
  const [, shard = ''] = (await rowOf('TXN-open'))?.openCase?.S?.split(':') ?? [];

  const reconciled = await shell.run(shell.commands('Webhooks are lost', 'npm run reconcile'));
  const open = await shell.run(
    shell.commands('Cases are overdue, or lookups fail', 'for shard in', { [allShards]: shard }),
  );

  expect(reconciled.match(/cases compared/g)).toHaveLength(2);
  expect(open).toContain(idOf('TXN-open'));
});

test('the quarantine: a delivery is listed, its body is read, and it is removed from the index', async () => {
  // Prepare
  const body = JSON.stringify({ x: randomBytes(1024 * 1024).toString('base64') });
  const { deliveryId } = Object((await postWebhook(deployed, body)).body);
  const row = await quarantinedRow(deployed, 'idnow', deliveryId);
  const heading = 'Look into quarantine';
  if (row.delivery.body.kind !== 'object') throw new Error('the body is not in the bucket');

  // Act
  const { subject, at } = row;
  const [, day = '', shard = ''] =
    (await readItem(outputs.HistoryTableName, { subject, at }))?.openQuarantine?.S?.split(':') ?? [];
  const listed = await shell.run(
    shell.commands(heading, 'for shard in', { 'idnow:2026-11-28': `idnow:${day}`, [allShards]: shard }),
  );
  const read = await shell.run(shell.commands(heading, 'aws s3 cp', { KEY: row.delivery.body.key }));
  await shell.run(shell.commands(heading, 'aws dynamodb update-item', { SUBJECT: subject, AT: at }));

  // Assess
  expect(listed).toContain(at);
  expect(read).toBe(body);
  expect(await openQuarantine(deployed, 'idnow')).not.toContain(deliveryId);
  expect(await readItem(outputs.HistoryTableName, { subject, at })).toBeDefined();
});

test.skipIf(!hasJq)(
  'what happened to a case: its history is printed, and found by its reference',
  async () => {
    await startCase('TXN-asked');
    const heading = 'What happened to a case';

    const history = await shell.run(
      shell.commands(heading, 'aws dynamodb query --table-name HISTORY_TABLE --key', {
        'COMPANY:TRANSACTION': `${companyId}:txn-asked`,
      }),
    );
    const found = await shell.run(
      shell.commands(heading, 'aws dynamodb query --table-name HISTORY_TABLE --index', {
        REFERENCE: 'TXN-asked',
      }),
    );

    expect(history).toMatch(/^\S+ accepted -$/m);
    expect(history).toContain('"idv.verification.started.v1"');
    expect(found).toContain(idOf('TXN-asked'));
  },
);

test('the stream was lost: all writes are compared with the history', async () => {
  const printed = await shell.run(shell.commands('The stream was lost', 'npm run republish'));
  expect(printed.match(/^0 of \d+ verifications /gm)).toHaveLength(3);
});

test.skipIf(!hasJq)('something is parked: a parked message and a parked record are sent', async () => {
  // Prepare
  await startCase('TXN-parked');
  const [event] = await deployed.events.receive(idOf('TXN-parked'), 1);
  const message = {
    QueueUrl: outputs.EventsQueueUrl,
    MessageBody: JSON.stringify({ ...event, subject: idOf('TXN-sent-later') }),
    MessageGroupId: idOf('TXN-sent-later'),
    MessageDeduplicationId: 'sent-later',
  };
  await putObject('parked/idnow/a/1-event-1.json', { reason: 'MessageTooLong: …', message });
  await putObject('parked/idnow/a/2-record.json', {
    reason: '…',
    record: await streamRecordOf('TXN-parked'),
  });
  const heading = 'Something is parked';

  // Act
  const listed = await shell.run(shell.commands(heading, 'aws s3 ls'));
  await shell.run(
    shell.commands(heading, 'aws s3 cp s3://EVIDENCE_BUCKET/parked/… - | jq .message', {
      'parked/…': 'parked/idnow/a/1-event-1.json',
    }),
  );
  await shell.run(
    shell.commands(heading, "aws s3 cp s3://EVIDENCE_BUCKET/parked/… - | jq '{", {
      'parked/…': 'parked/idnow/a/2-record.json',
    }),
  );

  // Assess
  expect(listed).toContain('parked/idnow/a/1-event-1.json');
  expect(await readAnswer()).toEqual({ batchItemFailures: [] });
  await deployed.events.receive(idOf('TXN-sent-later'), 1);
});

test.skipIf(!hasJq)(
  'records that failed for 12 hours: the relay and the deletion accept their payload',
  async () => {
    // Prepare
    await startCase('TXN-expired');
    const payloadOf = (record: object) => ({ payload: JSON.stringify({ Records: [record] }) });
    await putObject('aws/lambda/relay.json', payloadOf(await streamRecordOf('TXN-expired')));
    const later = new Date(Date.now() + 60_000);
    await putObject('aws/lambda/deletion.json', payloadOf(expiryRecord(idOf('TXN-expired'), later)));
    const command = 'aws s3 cp s3://EVIDENCE_BUCKET/aws/lambda/';

    // Act and assess
    const relay = shell.commands('A write could not be relayed for 12 hours', command, { '…': 'relay.json' });
    await shell.run(relay);
    expect(await readAnswer()).toEqual({ batchItemFailures: [] });

    await shell.run(shell.commands('An expired case is not deleted', command, { '…': 'deletion.json' }));
    expect(await readAnswer()).toEqual({ batchItemFailures: [] });
    await eventually(async () => expect(await historyRows(deployed, idOf('TXN-expired'))).toEqual([]));
  },
);

test('erase a case: its row expires now', async () => {
  await startCase('TXN-erased');

  await shell.run(
    shell.commands('Erase a case', 'aws dynamodb update-item', { VERIFICATION_ID: idOf('TXN-erased') }),
  );

  // The emulator may have removed the expired row already.
  const row = await rowOf('TXN-erased');
  expect(Number(row?.expiresAt?.N ?? 0)).toBeLessThanOrEqual(now());
});

test('restore the table: receivers stop, items are copied back, and cases begin a new generation', async () => {
  // Prepare
  await startCase('TXN-restored');
  const heading = 'Restore the table of verifications';
  const before = await rowOf('TXN-restored');
  const restored = { RESTORED_TABLE: 'restored' };

  // Act
  await shell.run(shell.commands(heading, 'for name in receive-idnow receive-id360 receive-datakeen \\'));
  const stopped = await postWebhook(deployed, ident('TXN-restored', 'CHECK_PENDING', 5));
  await shell.run(
    shell.commands(heading, 'aws dynamodb restore-table', {
      ...restored,
      TIME: new Date().toISOString(),
    }),
  );
  await shell.run(shell.commands(heading, 'npx node local/copy-rows.ts', restored));
  const copied = await rowOf('TXN-restored');
  const [count = '', assign = '', resume = ''] = shell
    .commands(heading, 'npm run new-generations')
    .split('\n');
  const counted = await shell.run(count);
  const assigned = await shell.run(assign);
  const [, instant = ''] = /^generation (\S+)$/m.exec(assigned) ?? [];
  const resumed = await shell.run(resume.replace('INSTANT', instant));
  await shell.run(
    shell.commands(heading, 'for name in receive-idnow receive-id360 receive-datakeen;', restored),
  );

  // Assess
  // The emulator answers 429. The API of AWS answers 503, as the local stack does.
  expect(stopped.status).not.toBe(200);
  expect(copied).toEqual(before);
  expect(counted).toContain('would get the new generation');
  expect(assigned).toContain('0 are as new already');
  expect(resumed).toContain('0 verifications have the new generation');
  const next = await postWebhook(deployed, ident('TXN-restored', 'CHECK_PENDING', 5));
  expect(next.body).toEqual({ status: 'accepted', sequence: 1 });
});

test('a lost region: the command is the one that finds lost webhooks, over a month', () => {
  const command = shell.commands('A region is lost', 'npm run reconcile');
  expect(shell.commands('Webhooks are lost', 'npm run reconcile')).toContain(command.replace('30d', '24h'));
});

test('the emulator has no tasks that move messages, so only the options of these commands are checked', async () => {
  const start = 'aws sqs start-message-move-task';
  const jobs = {
    ARN_OF_THE_DLQ: `arn:aws:sqs:${region}:1:${stackName}-evidence-jobs-idnow-dlq`,
    ARN_OF_EVIDENCE_JOBS: `arn:aws:sqs:${region}:1:${stackName}-evidence-jobs-idnow`,
  };
  for (const command of [
    shell.commands('Events are in the dead-letter queue', start),
    shell.commands('Evidence was given up', start, jobs),
  ]) {
    const skeleton = await shell.run(`${command} --generate-cli-skeleton output`);
    expect(JSON.parse(skeleton)).toHaveProperty('TaskHandle');
  }
});

test.runIf(hasJq)('every command of the runbook was tried, except for those that deploy', () => {
  expect(shell.unused()).toEqual([
    'The stream was lost: npm run deploy -- --outputs-file OUTPUTS',
    'A region is lost: npx cdk bootstrap aws://ACCOUNT/REGION',
  ]);
});
