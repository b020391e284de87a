import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import {
  type AwsCall,
  type FaultyProxy,
  faultyProxy,
  operationOf,
  type Verdict,
} from '../support/faulty-proxy.ts';
import { deliveryRows, rawBody } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const relay = 'idv-webhooks-local-relay-events';

let sut: SystemUnderTest;
let proxy: FaultyProxy;
beforeAll(async () => {
  proxy = faultyProxy();
  sut = await startSystemUnderTest({ interceptEndpoint: proxy.intercept });
});
afterEach(() => {
  proxy.judge = undefined;
});
afterAll(async () => {
  await sut?.stop();
  await proxy?.stop();
});

const states = ['START', 'CHECK_PENDING', 'FRAUD_SUSPICION_PENDING', 'FRAUD_SUSPICION_CONFIRMED'] as const;

const bodyOf = (transactionNumber: string, step: number) =>
  JSON.stringify(
    makeIdent({
      companyId,
      transactionNumber,
      state: states[step] ?? 'START',
      time: new Date(Date.UTC(2026, 10, 22, 10, step)),
    }),
  );

/** Posts all states of an ident. The simulator has no evidence for the final state. */
async function postAll(transactionNumber: string, steps = [0, 1, 2, 3]): Promise<unknown[]> {
  const answers = [];
  for (const step of steps) answers.push((await sut.post(bodyOf(transactionNumber, step))).body);
  return answers;
}

const acceptedAs = (...sequences: number[]) =>
  sequences.map((sequence) => ({ status: 'accepted', sequence }));

/** Processes events like a consumer that remembers the last sequence: skips known events and notices gaps. */
async function processedByConsumer(transactionNumber: string, last: number): Promise<number[]> {
  const processed: number[] = [];
  const seen = () => processed.at(-1) ?? 0;
  for (let count = last; seen() < last; count++) {
    const events = await sut.events.receive(`idnow:${companyId}:${transactionNumber}`, count);
    processed.length = 0;
    for (const { data } of events) {
      if (data.sequence <= seen()) continue;
      expect(data.sequence, 'no gap').toBe(seen() + 1);
      processed.push(data.sequence);
    }
    expect(events.length, 'nothing is missing').toBeGreaterThanOrEqual(count);
  }
  return processed;
}

const sendsEvents = (call: AwsCall) =>
  call.service === 'sqs' &&
  call.caller === `local-${relay}` &&
  operationOf(call) === 'SendMessageBatch' &&
  call.body.includes('verification-events.fifo');

/** Calls `judge` for each call that sends events to SQS. All other calls pass. @returns the judged calls */
function judgeEvents(judge: (call: AwsCall) => Verdict | Promise<Verdict>): AwsCall[] {
  const judged: AwsCall[] = [];
  proxy.judge = (call) => {
    if (!sendsEvents(call)) return 'pass';
    judged.push(call);
    return judge(call);
  };
  return judged;
}

test.each<{ name: string; verdict: Verdict }>([
  { name: 'answers 500', verdict: 'refuse' },
  { name: 'cannot be reached', verdict: 'hang up' },
])('events wait while SQS fails, and are then published in order: SQS $name', async ({ name, verdict }) => {
  // Prepare
  const transactions = ['one', 'two', 'three'].map((number) => `${name.replaceAll(' ', '-')}-${number}`);
  const refused = judgeEvents(() => verdict);

  // Act
  const answers = await Promise.all(transactions.map((transaction) => postAll(transaction)));
  await eventually(() => expect(refused.length).toBeGreaterThan(6));
  proxy.judge = undefined;

  // Assess
  expect(answers).toEqual(transactions.map(() => acceptedAs(1, 2, 3, 4)));
  for (const transaction of transactions) {
    expect(await processedByConsumer(transaction, 4)).toEqual([1, 2, 3, 4]);
  }
});

test('an event that SQS refuses is sent again before later events of its case, and delays no other case', async () => {
  // Prepare
  let calls = 0;
  judgeEvents(() => 'refuse');
  await Promise.all(['partly-one', 'partly-two'].map((transaction) => postAll(transaction)));
  const queueUrl = sut.system.stack.outputs.EventsQueueUrl;
  const partly = judgeEvents(async (call) => {
    if (++calls > 3) return 'pass';
    const { Entries: entries } = JSON.parse(call.body);
    const [taken, refused] = ['partly-one', 'partly-two'].map((transaction) =>
      entries.filter((entry: { MessageGroupId: string }) => entry.MessageGroupId.endsWith(transaction)),
    );
    const { Successful = [] } =
      taken.length === 0
        ? {}
        : await sut.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: taken }));
    const Failed = refused.map(({ Id }: { Id: string }) => ({
      Id,
      Code: 'InternalError',
      SenderFault: false,
    }));
    return { answer: { Successful, Failed } };
  });

  // Act
  const one = await processedByConsumer('partly-one', 4);
  const two = await processedByConsumer('partly-two', 4);

  // Assess
  expect(one).toEqual([1, 2, 3, 4]);
  expect(two).toEqual([1, 2, 3, 4]);
  expect(partly.length).toBeGreaterThan(3);
  expect(sut.logs.some((line) => line.startsWith(relay) && line.includes('InternalError'))).toBe(true);
});

test.each<{ title: string; transaction: string; fate: Verdict }>([
  { title: 'after SQS has accepted the call', transaction: 'killed-late', fate: 'pass' },
  { title: 'before SQS has accepted the call', transaction: 'killed-early', fate: 'hang up' },
])(
  'no event is lost or reordered if the relay is killed during a batch: $title',
  async ({ transaction, fate }) => {
    // Prepare
    const held = Promise.withResolvers<void>();
    const killed = Promise.withResolvers<Verdict>();
    let calls = 0;
    judgeEvents(() => 'refuse');
    await postAll(transaction);
    judgeEvents(() => {
      calls += 1;
      if (calls !== 2) return 'pass';
      held.resolve();
      return killed.promise;
    });

    // Act
    await held.promise;
    await sut.system.stack.functions[relay]?.crash();
    killed.resolve(fate);

    // Assess
    expect(await processedByConsumer(transaction, 4)).toEqual([1, 2, 3, 4]);
    expect(calls).toBeGreaterThan(4);
  },
);

test('the history has every accepted delivery with its unchanged raw body', async () => {
  // Prepare
  const transaction = 'TXN-History';
  const verificationId = `idnow:${companyId}:txn-history`;
  const bodies = [0, 1].map((step) => `  ${bodyOf(transaction, step)}\r\n`);

  // Act
  for (const body of bodies) await sut.post(body);

  // Assess
  await eventually(async () => expect(await historyOf(verificationId)).toHaveLength(2));
  const rows = await historyOf(verificationId);
  expect(rows.map(({ decision, reason, sequence }) => ({ decision, reason, sequence }))).toEqual([
    { decision: 'accepted', reason: null, sequence: 1 },
    { decision: 'accepted', reason: null, sequence: 2 },
  ]);
  expect(await Promise.all(rows.map((row) => rawBody(sut, row)))).toEqual(
    bodies.map((body) => Buffer.from(body)),
  );
});

test('an event is published even if its row in the history cannot be written, and the row is written later', async () => {
  // Prepare
  const verificationId = `idnow:${companyId}:history-late`;
  let refused = 0;
  proxy.judge = (call) => {
    const isHistory = call.service === 'dynamodb' && call.caller === `local-${relay}`;
    // A row of another case would hold up the stream: jobs of the tests before may end now.
    if (!isHistory || operationOf(call) !== 'PutItem' || !call.body.includes(verificationId)) return 'pass';
    refused += 1;
    return 'refuse';
  };

  // Act
  await postAll('history-late', [0]);
  const processed = await processedByConsumer('history-late', 1);
  await eventually(() => expect(refused).toBeGreaterThan(3));
  const before = await historyOf(verificationId);
  proxy.judge = undefined;

  // Assess
  expect(processed).toEqual([1]);
  expect(before).toEqual([]);
  await eventually(async () => expect(await historyOf(verificationId)).toHaveLength(1));
});

const historyOf = (verificationId: string) => deliveryRows(sut, verificationId);
