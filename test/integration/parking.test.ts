import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { samplePersonErika } from '../../local/simulators/idnow/specimens.ts';
import { convertWriteToItem } from '../../shared/verifications/verification-row.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { type AwsCall, type FaultyProxy, faultyProxy, operationOf } from '../support/faulty-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { putVerificationRow, readVerificationRow } from '../support/verification-rows.ts';

const relay = 'idv-webhooks-local-relay-events';

let sut: SystemUnderTest;
let proxy: FaultyProxy;
let dynamodb: DynamoDBClient;
let bucket: ReturnType<typeof evidenceOf>;
beforeAll(async () => {
  proxy = faultyProxy();
  sut = await startSystemUnderTest({ interceptEndpoint: proxy.intercept });
  ({ dynamodb } = sut);
  bucket = evidenceOf(sut);
});
afterEach(() => {
  proxy.judge = undefined;
});
afterAll(async () => {
  await sut?.stop();
  await proxy?.stop();
});

type IdentOptions = Partial<Parameters<typeof makeIdent>[0]>;

const identOf = (transactionNumber: string, options: IdentOptions = {}) =>
  makeIdent({
    companyId,
    transactionNumber,
    state: 'START',
    time: new Date('2026-11-22T10:15:00Z'),
    ...options,
  });
const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

const sequencesOf = async (transactionNumber: string, count: number) =>
  (await sut.events.receive(idOf(transactionNumber), count)).map(({ data }) => data.sequence);

/** Waits for parked objects of a verification. @returns the names of all objects and the content of the first */
async function parkedOf(transactionNumber: string) {
  const prefix = `parked/idnow/idnow!${companyId}!${transactionNumber}/`;
  const keys = await eventually(async () => {
    const found = await bucket.keys(prefix);
    expect(found).not.toEqual([]);
    return found;
  });
  const object = JSON.parse((await bucket.bytes(keys[0] ?? '')).toString());
  return { names: keys.map((key) => key.slice(prefix.length)), object };
}

const sendsEvents = (call: AwsCall) =>
  call.service === 'sqs' &&
  call.caller === `local-${relay}` &&
  operationOf(call) === 'SendMessageBatch' &&
  call.body.includes('verification-events.fifo');

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
}
const entriesOf = (call: AwsCall): Entry[] => JSON.parse(call.body).Entries;

/** Makes SQS refuse all messages that contain a text, permanently. SQS accepts all other messages. */
function refuseForGood(text: string): void {
  proxy.judge = async (call) => {
    if (!sendsEvents(call) || !call.body.includes(text)) return 'pass';
    const isRefused = ({ MessageBody: body }: Entry) => body.includes(text);
    const others = entriesOf(call).filter((entry) => !isRefused(entry));
    const { Successful = [] } =
      others.length === 0 ? { Successful: [] } : await sut.sqs.send(batchOf(others));
    const refused = { Code: 'InvalidMessageContents', Message: 'no such character', SenderFault: true };
    const Failed = entriesOf(call)
      .filter(isRefused)
      .map(({ Id }) => ({ Id, ...refused }));
    return { answer: { Successful, Failed } };
  };
}

const batchOf = (Entries: Entry[]) =>
  new SendMessageBatchCommand({ QueueUrl: sut.system.stack.outputs.EventsQueueUrl, Entries });

describe('characters above U+FFFF', () => {
  test('characters above U+FFFF reach the consumer unchanged and delay no other event', async () => {
    // Prepare
    const kanji = { ...samplePersonErika, person: { ...samplePersonErika.person, lastname: '𠮷田' } };
    const others = Array.from({ length: 60 }, (_, index) => `ordinary-${index}`);

    // Act
    await sut.post(identOf('emoji', { custom: { custom1: 'so 😀 happy' } }));
    const named = identOf('kanji', { state: 'SUCCESS', person: kanji });
    sut.simulator.put(named);
    await sut.post(named);
    for (const transactionNumber of others) await sut.post(identOf(transactionNumber));

    // Assess
    const [emoji] = await sut.events.receive(idOf('emoji'), 1);
    const [name] = await sut.events.receive(idOf('kanji'), 1);
    const published = [];
    for (const transactionNumber of others) published.push(await sequencesOf(transactionNumber, 1));
    expect(JSON.stringify(emoji?.data)).toContain('so 😀 happy');
    expect(name?.data.claims.family_name).toBe('𠮷田');
    expect(published).toEqual(others.map(() => [1]));
    expect(await bucket.keys('parked/')).toEqual([]);
  });

  test('characters above U+FFFF in a job reach the fetcher and the dead-letter queue unchanged', async () => {
    // Prepare
    const archived = identOf('😀-job', { state: 'SUCCESS' });
    sut.simulator.put(archived);

    // Act
    await sut.post(archived);
    await sut.post(identOf('😀-dead', { companyId: 'stranger', state: 'SUCCESS' }));

    // Assess
    const events = await sut.events.receive(idOf('%F0%9F%98%80-job'), 2);
    expect(events.map(({ type, data }) => [type, data.reference])).toEqual([
      ['idv.verification.decided.v1', '😀-job'],
      ['idv.evidence.archived.v1', '😀-job'],
    ]);
    const [letter] = await eventually(async () => {
      const letters = await bucket.deadLetters();
      expect(letters).toHaveLength(1);
      return letters;
    });
    expect(JSON.parse(letter?.body ?? '').reference).toBe('😀-dead');
    expect(await sut.events.receive('idnow:stranger:%F0%9F%98%80-dead', 2)).toHaveLength(2);
  });

  test('characters above U+FFFF stay unchanged when SQS moves an event to the dead-letter queue', async () => {
    // Prepare
    const queueUrl = sut.system.stack.outputs.EventsQueueUrl;
    const { QueueUrl: deadLetters } = await sut.sqs.send(
      new GetQueueUrlCommand({ QueueName: 'idv-webhooks-local-verification-events-dlq.fifo' }),
    );
    const receive = async (QueueUrl: string | undefined, VisibilityTimeout: number) =>
      (await sut.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout }))).Messages ?? [];

    // Act
    await sut.post(identOf('never-read', { custom: { custom1: '😀' } }));

    // Assess
    const [moved] = await eventually(async () => {
      await receive(queueUrl, 0);
      const found = await receive(deadLetters, 60);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(JSON.stringify(JSON.parse(moved?.Body ?? '').data)).toContain('"😀"');
  });
});

describe('an event that SQS refuses permanently', () => {
  test('an event that SQS refuses is parked, delays no other event, and can be sent again unchanged', async () => {
    // Prepare
    refuseForGood('CHECK_PENDING');

    // Act
    await sut.post(identOf('refused'));
    await sut.post(identOf('refused', { state: 'CHECK_PENDING' }));
    await sut.post(identOf('refused', { state: 'FRAUD_SUSPICION_PENDING' }));
    await sut.post(identOf('innocent'));

    // Assess
    expect(await sequencesOf('refused', 2)).toEqual([1, 3]);
    expect(await sequencesOf('innocent', 1)).toEqual([1]);
    const { names, object } = await parkedOf('refused');
    expect(names).toEqual([expect.stringMatching(/^[^/]+-event-1\.json$/)]);
    expect(object).toMatchObject({
      reason: 'InvalidMessageContents: no such character',
      parkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    // The runbook describes this repair: the `message` of a parked object is the input of SendMessage.
    await sut.sqs.send(new SendMessageCommand(object.message));
    expect(await sequencesOf('refused', 3)).toEqual([1, 3, 2]);
  });

  test('an event that SQS refuses is counted, and logged without its content', async () => {
    // Prepare
    refuseForGood('counted-custom');

    // Act
    await sut.post(identOf('counted', { custom: { custom1: 'counted-custom' } }));

    // Assess
    await parkedOf('counted');
    await eventually(() => {
      const lines = sut.logs.filter((line) => line.startsWith(relay));
      expect(lines.some((line) => line.includes('"MessagesParked":1'))).toBe(true);
      const [logged = ''] = lines.filter((line) => line.includes('"level":"ERROR"')).slice(-1);
      expect(logged).toContain(`parked/idnow/idnow!${companyId}!counted/`);
    });
    expect(sut.logs.filter((line) => line.includes('counted-custom'))).toEqual([]);
  });

  test('only the refused event is parked if SQS refuses a whole batch because of this event', async () => {
    // Prepare
    const transactions = ['together-1', 'together-2', 'together-3'];
    // All events wait while SQS fails. When SQS is back, the relay sends all waiting events in one batch.
    proxy.judge = (call) => (sendsEvents(call) ? 'refuse' : 'pass');
    for (const transaction of transactions) await sut.post(identOf(transaction));
    const sizes: number[] = [];

    // Act
    proxy.judge = (call) => {
      if (!sendsEvents(call)) return 'pass';
      sizes.push(entriesOf(call).length);
      if (!entriesOf(call).some(({ MessageGroupId }) => MessageGroupId === idOf('together-2'))) return 'pass';
      return { status: 400, answer: { __type: 'com.amazonaws.sqs#InvalidMessageContents', message: 'x' } };
    };

    // Assess
    expect(await sequencesOf('together-1', 1)).toEqual([1]);
    expect(await sequencesOf('together-3', 1)).toEqual([1]);
    const { object } = await parkedOf('together-2');
    expect(object).toMatchObject({ reason: 'InvalidMessageContents: x' });
    expect(Math.max(...sizes)).toBeGreaterThan(1);
  });

  test('if SQS refuses the caller and not the event, the event is sent again and never parked', async () => {
    // Prepare
    let refusals = 0;
    proxy.judge = (call) => {
      if (!sendsEvents(call)) return 'pass';
      refusals += 1;
      return { status: 400, answer: { __type: 'com.amazonaws.sqs#KmsAccessDenied', message: 'x' } };
    };

    // Act
    await sut.post(identOf('no-access'));
    await sut.post(identOf('no-access', { state: 'CHECK_PENDING' }));
    await eventually(() => expect(refusals).toBeGreaterThan(3));
    proxy.judge = undefined;

    // Assess
    expect(await sequencesOf('no-access', 2)).toEqual([1, 2]);
    expect(await bucket.keys(`parked/idnow/idnow!${companyId}!no-access/`)).toEqual([]);
  });

  test('parking is tried again while the bucket fails, and later events of the case wait', async () => {
    // Prepare
    refuseForGood('CHECK_PENDING');
    const sqsRefuses = proxy.judge;
    let refusals = 0;
    proxy.judge = (call) => {
      const isParking = call.service === 's3' && call.caller === `local-${relay}`;
      if (!isParking) return sqsRefuses?.(call) ?? 'pass';
      refusals += 1;
      return 'refuse';
    };

    // Act
    await sut.post(identOf('no-bucket'));
    await sut.post(identOf('no-bucket', { state: 'CHECK_PENDING' }));
    await sut.post(identOf('no-bucket', { state: 'FRAUD_SUSPICION_PENDING' }));
    // The SDK sends each PUT three times. So a fourth refused PUT shows that the relay tries to park the event again.
    await eventually(() => expect(refusals).toBeGreaterThan(3));
    const sentMeanwhile = proxy.calls.filter(
      (call) => sendsEvents(call) && /no-bucket.*FRAUD_SUSPICION_PENDING/.test(call.body),
    );
    proxy.judge = sqsRefuses;

    // Assess
    expect(sentMeanwhile).toEqual([]);
    const { object } = await parkedOf('no-bucket');
    await sut.sqs.send(new SendMessageCommand(object.message));
    expect((await sequencesOf('no-bucket', 3)).toSorted()).toEqual([1, 2, 3]);
  });
});

const tableName = () => sut.system.stack.outputs.VerificationsTableName;
const rowOf = (transactionNumber: string) =>
  readVerificationRow(dynamodb, tableName(), idOf(transactionNumber));

test('an event that SQS counts as too large is parked and can be sent to a queue with a larger limit', async () => {
  // Prepare
  await sut.post(identOf('large'));
  expect(await sequencesOf('large', 1)).toEqual([1]);
  const { verification, outbox } = await rowOf('large');
  const { findings } = verification;
  const inline = { ...findings.inline, provider_data: { note: '\uFFFF'.repeat(60 * 1024) } };
  // The event gets the next sequence, because SQS would drop an event with the same id.
  const large = { ...verification, sequence: 2, findings: { ...findings, inline } };
  const queue = { QueueUrl: sut.system.stack.outputs.EventsQueueUrl };
  const setLargest = (MaximumMessageSize: string) =>
    sut.sqs.send(new SetQueueAttributesCommand({ ...queue, Attributes: { MaximumMessageSize } }));

  // Act
  await putVerificationRow(dynamodb, tableName(), { verification: large, outbox });
  await sut.post(identOf('beside-large'));

  // Assess
  expect(await sequencesOf('beside-large', 1)).toEqual([1]);
  const { object } = await parkedOf('large');
  expect(object.reason).toMatch(/^MessageTooLong: 3\d{5} bytes, but the queue accepts at most 262144$/);
  await expect(sut.sqs.send(new SendMessageCommand(object.message))).rejects.toThrow('262144');
  await setLargest('1048576');
  await sut.sqs.send(new SendMessageCommand(object.message));
  const [, received] = await sut.events.receive(idOf('large'), 2);
  await setLargest('262144');
  expect(received?.data.provider_data).toEqual(inline.provider_data);
});

test('an unreadable record is parked, delays no other event, and is accepted by the relay after a repair', async () => {
  // Prepare
  await sut.post(identOf('unreadable'));
  expect(await sequencesOf('unreadable', 1)).toEqual([1]);
  const good = convertWriteToItem(await rowOf('unreadable'), 1);
  const { content: _, ...broken } = good;

  // Act
  await dynamodb.send(new PutItemCommand({ TableName: tableName(), Item: broken }));
  await dynamodb.send(new PutItemCommand({ TableName: tableName(), Item: good }));
  await sut.post(identOf('unreadable', { state: 'CHECK_PENDING' }));
  await sut.post(identOf('beside-unreadable'));

  // Assess
  expect((await sequencesOf('unreadable', 2)).at(-1)).toBe(2);
  expect(await sequencesOf('beside-unreadable', 1)).toEqual([1]);
  const { names, object } = await parkedOf('unreadable');
  expect(names).toEqual([expect.stringMatching(/-record\.json$/)]);
  expect(object.reason).toMatch(/^StreamRecordError: .*content/s);
  // The runbook repairs a parked record and invokes the relay with the repaired record.
  const content = { B: Buffer.from(good.content?.B ?? []).toString('base64') };
  const image = { ...object.record.dynamodb.NewImage, content };
  const repaired = { ...object.record, dynamodb: { ...object.record.dynamodb, NewImage: image } };
  expect(await sut.system.stack.functions[relay]?.invoke({ Records: [repaired] })).toMatchObject({
    kind: 'succeeded',
    payload: { batchItemFailures: [] },
  });
});
