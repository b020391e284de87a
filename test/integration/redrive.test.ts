import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ApplyEvent } from '../../docs/events/examples/apply-event.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { moveMessages } from '../../shared/operations/redrive/move-messages.ts';
import { grantAllows, permissionsRequiredBy } from '../infra/policy-evaluator.ts';
import { type ConsumersUnderTest, consumersFor } from '../support/consumers-under-test.ts';
import { readDocumentedPolicy } from '../support/documented-policy.ts';
import { eventually } from '../support/eventually.ts';
import { faultyProxy } from '../support/faulty-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let sut: SystemUnderTest;
let consumers: ConsumersUnderTest;
let deadLetters = '';
let isBroken = false;
let usesOnlyNewest = false;
let stopConsumer: () => Promise<void>;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  sut = await startSystemUnderTest();
  consumers = await consumersFor(sut);
  const { outputs } = sut.system.stack;
  deadLetters = outputs.EventsDeadLetterQueueUrl ?? '';
  const deadLetterTargetArn = outputs.EventsDeadLetterQueueArn;
  // An event is a dead letter after two seconds instead of 90 minutes.
  await consumers.setQueueAttributes({
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
  });
  // A dead letter that a move could not send returns after one second instead of thirty.
  const Attributes = { VisibilityTimeout: '1' };
  await sut.sqs.send(new SetQueueAttributesCommand({ QueueUrl: deadLetters, Attributes }));
  const apply: ApplyEvent = async (event) => {
    if (isBroken) throw new Error('a planned failure');
    const result = await consumers.tables.keepNewest(event);
    return usesOnlyNewest ? result : consumers.tables.actOnChange(event);
  };
  stopConsumer = consumers.start['sqs-consumer'](apply);
});
afterAll(async () => {
  await stopConsumer?.();
  await consumers?.stop();
  await sut?.stop();
  vi.restoreAllMocks();
});

const minutes = { START: 0, CHECK_PENDING: 5, SUCCESS: 9 };
type State = keyof typeof minutes;

async function post(transactionNumber: string, ...states: State[]): Promise<string> {
  for (const state of states) {
    const time = new Date(Date.UTC(2026, 10, 22, 10, minutes[state]));
    const ident = makeIdent({ companyId, transactionNumber, state, time });
    sut.simulator.put(ident);
    await sut.post(ident);
  }
  return `idnow:${companyId}:${transactionNumber}`;
}

const untilDeadLetters = (count: number) =>
  eventually(async () => expect(await consumers.countMessages(deadLetters)).toBe(count));

/** Waits until the consumer that acts on each change has applied the first events of a case. */
const untilApplied = (id: string, count: number) =>
  eventually(async () => {
    const sequences = (await consumers.tables.readTasks(id)).map((task) => Number(task.split('.')[1]));
    expect(sequences).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

const untilNewest = (id: string, sequence: number) =>
  eventually(async () => expect(await consumers.tables.readCase(id)).toMatchObject({ sequence }));

/** Runs the command for the local stack that `docs/events/consumers.md` shows. @returns what the command prints */
async function runDocumentedCommand(): Promise<string> {
  const text = await readFile(new URL('../../docs/events/consumers.md', import.meta.url), 'utf8');
  const command = /^npm run (redrive)$/m.exec(text)?.[1] ?? 'no command is documented';
  const { scripts } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  const [, script = 'no-script'] = /^node (\S+)$/.exec(scripts[command]) ?? [];
  const { port } = new URL(sut.system.stack.url);
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--port', port], { cwd: root });
  return stdout;
}

test('the documented command moves dead letters back, and the repaired consumer applies them in order', async () => {
  // Prepare
  isBroken = true;
  const id = await post('broken', 'START', 'CHECK_PENDING', 'SUCCESS');
  await untilDeadLetters(4);
  isBroken = false;

  // Act
  const printed = await runDocumentedCommand();

  // Assess
  expect(printed).toContain('4 moved from');
  await untilApplied(id, 4);
  expect(await consumers.countMessages(deadLetters)).toBe(0);
});

test('if later events of the case overtook the dead letters, a second move completes the case', async () => {
  // Prepare: events 1 and 2 are dead letters. The consumer of changes rejects event 3, because it follows a gap.
  isBroken = true;
  const id = await post('overtaken', 'START', 'CHECK_PENDING');
  await untilDeadLetters(2);
  isBroken = false;
  await post('overtaken', 'SUCCESS');

  // Act
  await runDocumentedCommand();
  await eventually(async () => {
    if ((await consumers.countMessages(deadLetters)) > 0) await runDocumentedCommand();
    expect(await consumers.tables.readTasks(id)).toHaveLength(4);
  });

  // Assess
  await untilApplied(id, 4);
});

test('the consumer that keeps the newest event is up to date before the dead letters move, and one move is enough', async () => {
  // Prepare
  usesOnlyNewest = true;
  isBroken = true;
  const id = await post('newest', 'START', 'CHECK_PENDING');
  await untilDeadLetters(2);
  isBroken = false;
  await post('newest', 'SUCCESS');
  await untilNewest(id, 4);
  const before = await consumers.tables.readCase(id);

  // Act
  await runDocumentedCommand();
  await eventually(async () =>
    expect(await consumers.countMessages(sut.system.stack.outputs.EventsQueueUrl ?? '')).toBe(0),
  );
  usesOnlyNewest = false;

  // Assess
  expect(before?.claims).toHaveProperty('family_name');
  expect(await consumers.tables.readCase(id)).toEqual(before);
  expect(await consumers.countMessages(deadLetters)).toBe(0);
});

test('a move deletes no dead letter that it could not send, and needs only the documented permissions', async () => {
  // Prepare
  isBroken = true;
  const id = await post('refused', 'START', 'CHECK_PENDING');
  await untilDeadLetters(2);
  isBroken = false;
  const { stack } = sut.system;
  const proxy = faultyProxy();
  const endpoint = await proxy.intercept('sqs', stack.endpoints.sqs);
  const { region, credentials, outputs } = stack;
  const sqs = new SQSClient({ region, credentials, endpoint, maxAttempts: 1 });
  const throughProxy = (url = '') => url.replace(stack.endpoints.sqs, endpoint);
  const queues = { from: throughProxy(deadLetters), to: throughProxy(outputs.EventsQueueUrl) };
  proxy.judge = ({ headers }) => (headers['x-amz-target'] === 'AmazonSQS.SendMessage' ? 'refuse' : 'pass');

  // Act
  await expect(moveMessages(sqs, queues)).rejects.toThrow();
  const left = await consumers.countMessages(deadLetters);
  proxy.judge = undefined;
  // The dead letter that could not be sent is hidden for a while.
  await eventually(async () => {
    await moveMessages(sqs, queues);
    expect(await consumers.countMessages(deadLetters)).toBe(0);
  });

  // Assess
  expect(left).toBe(2);
  await untilApplied(id, 2);
  const grants = await readDocumentedPolicy('redrive-policy', outputs);
  const facts = { partitionKeys: new Map(), keyArn: outputs.EncryptionKeyArn ?? 'no key' };
  const required = proxy.calls.flatMap((call) => permissionsRequiredBy(call, facts));
  expect(required.filter((each) => !grants.some((grant) => grantAllows(grant, each)))).toEqual([]);
  sqs.destroy();
  await proxy.stop();
});
