import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expiryRecord } from '../support/expiry-record.ts';
import { historyRows, openQuarantine, quarantinedRow } from '../support/history-rows.ts';
import { deployed } from './deployed-system.ts';
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

const caseOf = (transaction: string) => ({
  'COMPANY:TRANSACTION': `${companyId}:${transaction.toLowerCase()}`,
});

test('refused requests are listed, or the command says how to see them', async () => {
  const command = shell.commands('Webhooks are refused', 'idv refused');
  // The stage of the test has no access logs.
  await expect(shell.run(command)).rejects.toThrow('access log');
});

test('the quarantine: a delivery is listed, shown, replayed and resolved', async () => {
  // Prepare
  const heading = 'Look into quarantine';
  const unknown = (transaction: string) => {
    const { identificationprocess, ...rest } = ident(transaction, 'SUCCESS');
    return { ...rest, identificationprocess: { ...identificationprocess, result: 'TEST' } };
  };
  const { deliveryId } = Object((await postWebhook(deployed, unknown('TXN-odd-1'))).body);
  await postWebhook(deployed, unknown('TXN-odd-2'));
  await quarantinedRow(deployed, 'idnow', deliveryId);

  // Act
  const listed = await shell.run(shell.commands(heading, 'idv quarantine list', { DELIVERY: deliveryId }));
  await shell.run(shell.commands(heading, 'idv replay'));
  const resolved = await shell.run(
    shell.commands(heading, 'idv quarantine resolve', { DELIVERY: deliveryId }),
  );

  // Assess
  expect(listed).toMatch(/idnow +unknown-status:TEST +2 /);
  expect(listed).toContain(deliveryId);
  expect(resolved).toContain(deliveryId);
  expect(await openQuarantine(deployed, 'idnow')).not.toContain(deliveryId);
});

test('deliveries are replayed, and events are sent again', async () => {
  // Prepare
  for (const [minute, state] of (['START', 'CHECK_PENDING', 'REVIEW_PENDING'] as const).entries())
    await postWebhook(deployed, ident('TXN-again', state, minute));
  const rows = await eventually(async () => {
    const found = await historyRows(deployed, idOf('TXN-again'));
    expect(found).toHaveLength(3);
    return found;
  });
  const DELIVERY = rows[0]?.delivery?.deliveryId ?? '';

  // Act
  const replayed = await shell.run(shell.commands('Replay deliveries', 'idv replay', { DELIVERY }));
  const resent = await shell.run(
    shell.commands('A consumer has lost events', 'idv resend', caseOf('TXN-again')),
  );

  // Assess
  expect(replayed).toContain('duplicate (seen)');
  expect(resent).toMatch(/[1-9]\d* events? sent again/);
});

test('dead letters and parked messages are counted, and sent again', async () => {
  for (const [heading, beginning] of [
    ['Events are in the dead-letter queue', 'idv redrive events'],
    ['Evidence was given up', 'idv redrive evidence'],
  ] as const)
    expect(await shell.run(shell.commands(heading, beginning))).toMatch(/^\d+ would be moved\./m);
});

test('a case is held, released and erased', async () => {
  // Prepare
  await startCase('TXN-person');

  // Act
  const held = await shell.run(shell.commands('Legal hold', 'idv hold', caseOf('TXN-person')));
  const erasure = caseOf('TXN-person');
  const planned = await shell.run(
    shell.commands('Erase a person', 'idv explain', { ...erasure, REFERENCE: 'TXN-person' }),
  );
  await shell.run(shell.commands('Erase a person', 'idv erase', erasure));

  // Assess
  expect(held).toContain(idOf('TXN-person'));
  expect(planned).toContain('table Verifications');
  const again = await postWebhook(deployed, ident('TXN-person', 'CHECK_PENDING', 5));
  expect(again.body).toEqual({ status: 'stale', reason: 'erased' });
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
  await shell.run(shell.commands(heading, 'idv redrive'));
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

test.runIf(hasJq)(
  'every command of the runbook was tried, except for those that deploy or need a git repository',
  () => {
    expect(shell.unused()).toEqual([
      'Before a changed reader is released: idv diff-normalizer --against v1.3 --since 90d --stage live',
      'The stream was lost: npm run deploy -- --outputs-file OUTPUTS',
      'A region is lost: npx cdk bootstrap aws://ACCOUNT/REGION',
    ]);
  },
);
