import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { type FaultyProxy, faultyProxy, operationOf } from '../support/faulty-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv, startIdv } from './idv-under-test.ts';
import { auditOf } from './stack-under-test.ts';

let sut: SystemUnderTest;
let proxy: FaultyProxy;
beforeAll(async () => {
  proxy = faultyProxy();
  sut = await startSystemUnderTest({
    // The proxy fails calls to SQS. Calls to the other services take the direct way, which costs less.
    interceptEndpoint: async (service, url) => (service === 'sqs' ? proxy.intercept(service, url) : url),
  });
});
afterEach(() => {
  proxy.judge = undefined;
});
afterAll(async () => {
  await sut?.stop();
  await proxy?.stop();
});

const reason = ['--reason', 'the cause is removed'];

function identOf(transactionNumber: string, company = companyId) {
  const time = new Date('2026-11-22T10:15:00Z');
  return makeIdent({ companyId: company, transactionNumber, state: 'SUCCESS', time });
}

const deadJobs = () => sut.system.stack.outputs.IdnowEvidenceJobsDeadLetterQueueUrl ?? '';
const deadEvents = () => sut.system.stack.outputs.EventsDeadLetterQueueUrl ?? '';

/** Counts the messages that can be received at this moment. */
async function countVisible(QueueUrl: string): Promise<number> {
  const { Attributes } = await sut.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

test('one of fifty evidence jobs is redriven, and the others are visible again at once', async () => {
  // Prepare: 49 jobs of an account without credentials, and one whose ident IDnow does not have yet.
  for (let index = 0; index < 49; index += 1) await sut.post(identOf(`stranger-${index}`, 'stranger'));
  const late = identOf('late');
  await sut.post(late);
  await eventually(async () => expect(await countVisible(deadJobs())).toBe(50));
  sut.simulator.put(late);

  // Act
  const dryRun = await idv(sut, 'redrive', 'evidence', '--cause', 'gone', ...reason);
  const visibleAfterDryRun = await countVisible(deadJobs());
  const run = await idv(sut, 'redrive', 'evidence', '--cause', 'gone', ...reason, '--yes');

  // Assess
  expect(dryRun.out).toMatch(/dead letters of idnow +gone +1\n/);
  expect(dryRun.out).toMatch(/dead letters of idnow +no_account +49\n/);
  expect(dryRun.out).toContain('1 would be moved. Nothing was moved: add --yes.');
  expect(visibleAfterDryRun).toBe(50);
  expect(run).toMatchObject({ code: 0, out: expect.stringContaining('1 moved.') });
  expect(await countVisible(deadJobs())).toBe(49);
  const events = await sut.events.receive(`idnow:${companyId}:late`, 3);
  expect(events.map(({ type }) => type)).toEqual([
    'idv.verification.decided.v1',
    'idv.evidence.failed.v1',
    'idv.evidence.archived.v1',
  ]);
  const typo = await idv(sut, 'redrive', 'evidence', '--cause', 'gon', ...reason, '--yes');
  expect(typo.out).toContain('Nothing that waits has the cause gon. Nothing was moved.');
  expect((await auditOf(sut, 'redrive evidence'))[0]).toMatchObject({
    reason: 'the cause is removed',
    result: '1 messages moved: evidence with the cause gone',
  });
});

test('--max limits how many jobs are moved, and a job that fails again returns', async () => {
  // Act
  const { out } = await idv(sut, 'redrive', 'evidence', '--max', '2', ...reason, '--yes', '--json');

  // Assess: the account still has no credentials, so both jobs return.
  expect(JSON.parse(out)).toMatchObject({
    found: [{ source: 'dead letters of idnow', cause: 'no_account', count: 49 }],
    moved: 2,
  });
  await eventually(async () => expect(await countVisible(deadJobs())).toBe(49));
});

test('Ctrl-C while the dead letters are counted makes them visible again, and moves none', async () => {
  // Prepare
  const before = await countVisible(deadJobs());
  const running = startIdv(sut, 'redrive', 'evidence', ...reason, '--yes');
  await eventually(() => expect(running.err.join('\n')).toContain('… 10 messages read'));

  // Act
  const { code, err } = await running.stop();

  // Assess
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Stopped before the end') });
  expect(await countVisible(deadJobs())).toBe(before);
});

test('a job that cannot be sent stays in the dead-letter queue, visible at once', async () => {
  // Prepare
  const queue = { QueueUrl: sut.system.stack.outputs.IdnowEvidenceJobsQueueUrl };
  const limit = (MaximumMessageSize: string) =>
    sut.sqs.send(new SetQueueAttributesCommand({ ...queue, Attributes: { MaximumMessageSize } }));
  const body = JSON.stringify({ padding: 'x'.repeat(2000) });
  const MessageAttributes = { reason: { DataType: 'String', StringValue: 'too_large' } };
  await sut.sqs.send(new SendMessageCommand({ QueueUrl: deadJobs(), MessageBody: body, MessageAttributes }));
  await limit('1024');

  // Act
  const run = await idv(sut, 'redrive', 'evidence', '--cause', 'too_large', ...reason, '--yes');

  // Assess
  expect(run).toMatchObject({ code: 1, err: expect.stringContaining('AWS answers AWS.SimpleQueueService.') });
  await limit('262144');
  expect(await countVisible(deadJobs())).toBe(50);
  expect((await auditOf(sut, 'redrive evidence'))[0]?.result).toMatch(
    /^failed with \S+; it may be done in part$/,
  );
});

/** Takes messages from the events queue. @returns the member `sequence` of each, in the order of the queue */
async function takeSequences(count: number): Promise<number[]> {
  const QueueUrl = sut.system.stack.outputs.EventsQueueUrl;
  const sequences: number[] = [];
  await eventually(async () => {
    const { Messages = [] } = await sut.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      sequences.push(JSON.parse(Body).sequence);
      await sut.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    expect(sequences).toHaveLength(count);
  });
  return sequences;
}

test('dead letters of the events queue are moved in order, at most as many as asked for', async () => {
  // Prepare
  for (let sequence = 1; sequence <= 3; sequence += 1)
    await sut.sqs.send(
      new SendMessageCommand({
        QueueUrl: deadEvents(),
        MessageBody: JSON.stringify({ sequence }),
        MessageGroupId: 'idnow:x:y',
        MessageDeduplicationId: `test-${sequence}`,
      }),
    );

  // Act
  const dryRun = await idv(sut, 'redrive', 'events', ...reason);
  const others = await idv(sut, 'redrive', 'events', '--cause', 'MessageTooLong', ...reason, '--yes');
  const two = await idv(sut, 'redrive', 'events', '--max', '2', ...reason, '--yes');

  // Assess
  expect(dryRun.out).toMatch(/dead letters of the events queue +unprocessed +3/);
  expect(others.out).toContain('Nothing that waits has the cause MessageTooLong.');
  expect(two.out).toContain('2 moved.');
  expect(await countVisible(deadEvents())).toBe(1);
  expect(await takeSequences(2)).toEqual([1, 2]);
});

test('a parked event is sent by its cause, and is not parked any more', async () => {
  // Prepare
  proxy.judge = (call) => {
    const isEvent = call.service === 'sqs' && operationOf(call) === 'SendMessageBatch';
    return isEvent && call.body.includes('parked-custom')
      ? { status: 400, answer: { __type: 'com.amazonaws.sqs#InvalidMessageContents', message: 'x' } }
      : 'pass';
  };
  const bucket = evidenceOf(sut);
  const time = new Date('2026-11-22T10:15:00Z');
  const custom = { custom1: 'parked-custom' };
  await sut.post(makeIdent({ companyId, transactionNumber: 'parked', state: 'START', time, custom }));
  await eventually(async () => expect(await bucket.keys('parked/')).toHaveLength(1));
  proxy.judge = undefined;

  // Act
  const { out } = await idv(
    sut,
    'redrive',
    'events',
    '--cause',
    'InvalidMessageContents',
    ...reason,
    '--yes',
  );

  // Assess
  expect(out).toMatch(/parked events +InvalidMessageContents +1/);
  expect(out).toContain('1 moved.');
  expect(await bucket.keys('parked/')).toEqual([]);
  const [event] = await sut.events.receive(`idnow:${companyId}:parked`, 1);
  expect(event).toMatchObject({ sequence: '1', type: 'idv.verification.started.v1' });
});

test.each([
  [['evidence', '--provider', 'acme'], 'has no provider acme: use idnow'],
  [['evidence', '--max', 'none'], 'not a number such as 50'],
])('redrive %j says what is wrong', async (args, message) => {
  const { code, err } = await idv(sut, 'redrive', ...args, ...reason);

  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
});
