import { randomBytes } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ApplyEvent } from '../../docs/events/examples/apply-event.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { formatGeneration } from '../../shared/contract/generation.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { grantAllows, permissionsRequiredBy } from '../infra/policy-evaluator.ts';
import { type ConsumersUnderTest, consumersFor } from '../support/consumers-under-test.ts';
import { readDocumentedPolicy } from '../support/documented-policy.ts';
import { eventually } from '../support/eventually.ts';
import { makeEvent } from '../support/make-event.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
let consumers: ConsumersUnderTest;
beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  sut = await startSystemUnderTest({ knowsSigningKey: true });
  consumers = await consumersFor(sut);
  // A failed event returns after one second instead of three minutes.
  await consumers.setQueueAttributes({ VisibilityTimeout: '1' });
});
afterAll(async () => {
  await consumers?.stop();
  await sut?.stop();
  vi.restoreAllMocks();
});

const minutes = { START: 0, CHECK_PENDING: 5, SUCCESS: 9, FRAUD_SUSPICION_CONFIRMED: 15 };
type State = keyof typeof minutes;

/** Sends one webhook of a case. */
async function post(name: string, state: State, custom1 = 'x'): Promise<void> {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minutes[state]));
  const ident = makeIdent({ companyId, transactionNumber: name, state, time, custom: { custom1 } });
  sut.simulator.put(ident);
  await sut.post(ident);
}

/** Plays a case of four events: started, updated, decided, and the evidence. @returns the verification id */
async function playCase(name: string, custom1?: string): Promise<string> {
  for (const state of ['START', 'CHECK_PENDING', 'SUCCESS'] as const) await post(name, state, custom1);
  return `idnow:${companyId}:${name}`;
}

/** Deletes the row of a case, and waits until the next write has a later generation. */
async function deleteRow(verificationId: string): Promise<void> {
  const { endpoints, region, credentials, outputs } = sut.system.stack;
  const dynamoDb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  const Key = { verificationId: { S: verificationId } };
  await dynamoDb.send(new DeleteItemCommand({ TableName: outputs.VerificationsTableName, Key }));
  dynamoDb.destroy();
  const deletedIn = formatGeneration(new Date().toISOString());
  await eventually(() => expect(formatGeneration(new Date().toISOString()) > deletedIn).toBe(true));
}

const sequenceOf = ({ id }: VerificationEvent) => Number(id.split('.').at(-1));

/** Applies events to the tables of both example consumers, except for the events that fail at present. */
function applyWithFailures() {
  const events: VerificationEvent[] = [];
  const results: string[] = [];
  const state = { events, results, fails: (_: VerificationEvent): boolean => false };
  const apply: ApplyEvent = async (event) => {
    events.push(event);
    if (state.fails(event)) throw new Error('a planned failure');
    await consumers.tables.keepNewest(event);
    const result = await consumers.tables.actOnChange(event);
    results.push(result);
    return result;
  };
  return { state, apply };
}

const triesOf = (events: readonly VerificationEvent[], subject: string, sequence: number) =>
  events.filter((event) => event.subject === subject && sequenceOf(event) === sequence).length;

/** Reads the sequences of the tasks of a case, without their generations. */
async function readSequences(verificationId: string): Promise<number[]> {
  return (await consumers.tables.readTasks(verificationId)).map((task) => Number(task.split('.')[1]));
}

/** Waits until both consumers have applied the events of a case. */
async function untilApplied(verificationId: string, sequences: readonly number[]): Promise<void> {
  await eventually(async () => expect(await readSequences(verificationId)).toEqual(sequences));
}

describe.each(['sqs-consumer', 'Lambda'] as const)('the example consumers with %s', (kind) => {
  const nameOf = (name: string) => `${kind.toLowerCase()}-${name}`;

  test('apply each event once and in order, while a failing case delays no other case', async () => {
    // Prepare
    const failing = await playCase(nameOf('failing'));
    const others = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => playCase(nameOf(name))));
    const { state, apply } = applyWithFailures();
    state.fails = (event) => event.subject === failing && sequenceOf(event) === 2;

    // Act
    const stop = consumers.start[kind](apply);
    for (const id of others) await untilApplied(id, [1, 2, 3, 4]);
    await eventually(() => expect(triesOf(state.events, failing, 2)).toBeGreaterThan(2));
    const whileFailing = await readSequences(failing);
    state.fails = () => false;
    await untilApplied(failing, [1, 2, 3, 4]);
    await stop();

    // Assess
    expect(whileFailing).toEqual([1]);
    for (const id of [failing, ...others]) {
      const row = await consumers.tables.readCase(id);
      expect(row).toMatchObject({ sequence: 4, state: { outcome: 'approved', finality: 'final' } });
      expect(row?.claims).toHaveProperty('family_name');
      expect(row?.evidence).toMatchObject({ status: 'archived', manifest: expect.any(String) });
    }
  });

  test('skip an event that the queue delivers twice; only the consumer of changes leaves an event after a gap on the queue', async () => {
    // Prepare: `late` is a case that is older than the consumers.
    const [id, late] = [`idnow:${companyId}:${nameOf('repeated')}`, `idnow:${companyId}:${nameOf('late')}`];
    const { state, apply } = applyWithFailures();
    const generation = '20200101T000000Z';
    const arriving = [
      ...[1, 2, 1, 2, 4].map((sequence) => makeEvent(id, sequence)),
      ...[7, 8].map((sequence) => makeEvent(late, sequence, { generation })),
    ];
    for (const [index, event] of arriving.entries()) {
      await sut.sqs.send(
        new SendMessageCommand({
          QueueUrl: sut.system.stack.outputs.EventsQueueUrl,
          MessageBody: JSON.stringify(event),
          MessageGroupId: event.subject,
          MessageDeduplicationId: `${event.subject}-${index}`,
        }),
      );
    }

    // Act
    const stop = consumers.start[kind](apply);
    await untilApplied(late, [7, 8]);
    await eventually(() => expect(triesOf(state.events, id, 4)).toBeGreaterThan(1));
    await stop();

    // Assess
    expect(await readSequences(id)).toEqual([1, 2]);
    expect(state.results.filter((result) => result === 'skipped')).toHaveLength(2);
    expect(await consumers.tables.readCase(id)).toMatchObject({ sequence: 4 });
    expect(await consumers.tables.readCase(late)).toMatchObject({ sequence: 8 });
    expect(await consumers.countMessages(sut.system.stack.outputs.EventsQueueUrl ?? '')).toBe(1);
    await drain();
  });

  test('never get a failed event again before the visibility timeout of the queue has passed', async () => {
    // Prepare
    const id = await playCase(nameOf('slow'));
    const { state, apply } = applyWithFailures();
    state.fails = () => true;
    const startedAt = Date.now();

    // Act
    const stop = consumers.start[kind](apply);
    await eventually(() => expect(triesOf(state.events, id, 1)).toBeGreaterThanOrEqual(3));
    const elapsedMs = Date.now() - startedAt;
    const tries = triesOf(state.events, id, 1);
    state.fails = () => false;
    await untilApplied(id, [1, 2, 3, 4]);
    await stop();

    // Assess
    expect(elapsedMs).toBeGreaterThanOrEqual((tries - 1) * 1000);
  });

  test('read findings that are too large for the event, and make only calls that the documented policy allows', async () => {
    // Prepare: a body of 400 KB that gzip cannot compress does not fit into the event.
    const id = await playCase(nameOf('large'), randomBytes(300 * 1024).toString('base64'));
    const grants = await readDocumentedPolicy('events/consumer-policy', sut.system.stack.outputs);
    const { state, apply } = applyWithFailures();

    // Act
    const stop = consumers.start[kind](apply);
    await untilApplied(id, [1, 2, 3, 4]);
    await stop();

    // Assess: the event contains no findings. The object contains them all, with the check of the evidence.
    const archived = state.events.find((event) => event.subject === id && sequenceOf(event) === 4);
    expect(archived?.data).toMatchObject({ claims: {}, documents: [], checks: [], provider_data: {} });
    const path = `idnow/${id.replaceAll(':', '!')}/${archived?.data.generation}`;
    expect(archived?.dataref).toMatch(new RegExp(`^s3://[^/]+/findings/${path}/[^/]+/verified\\.json$`));
    const row = await consumers.tables.readCase(id);
    expect(row?.claims).toHaveProperty('family_name');
    expect(row?.checks).toMatchObject([{ name: 'xml_signature' }]);
    const keyArn = sut.system.stack.outputs.EncryptionKeyArn ?? 'no key';
    const facts = { partitionKeys: new Map(), keyArn };
    const required = consumers.calls.flatMap((call) => permissionsRequiredBy(call, facts));
    expect(new Set(required.map(({ action }) => action))).toEqual(
      new Set(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 's3:GetObject', 'kms:Decrypt']),
    );
    expect(required.filter((each) => !grants.some((grant) => grantAllows(grant, each)))).toEqual([]);
  });

  test('have no claims of a case any more after a revision takes its approval back', async () => {
    // Prepare
    const id = await playCase(nameOf('revised'));
    const { apply } = applyWithFailures();
    const stop = consumers.start[kind](apply);
    await untilApplied(id, [1, 2, 3, 4]);
    const approved = await consumers.tables.readCase(id);

    // Act
    await post(nameOf('revised'), 'FRAUD_SUSPICION_CONFIRMED');
    await untilApplied(id, [1, 2, 3, 4, 5, 6]);
    await stop();

    // Assess
    expect(approved?.claims).toHaveProperty('family_name');
    expect(await consumers.tables.readCase(id)).toMatchObject({
      sequence: 6,
      state: { outcome: 'declined', finality: 'final' },
      claims: {},
      evidence: { status: 'archived' },
    });
  });

  test('apply the next events of a case whose row was deleted, in a new generation', async () => {
    // Prepare
    const id = await playCase(nameOf('deleted'));
    const { apply } = applyWithFailures();
    const stop = consumers.start[kind](apply);
    await untilApplied(id, [1, 2, 3, 4]);
    const before = await consumers.tables.readCase(id);
    await deleteRow(id);

    // Act
    await post(nameOf('deleted'), 'FRAUD_SUSPICION_CONFIRMED');
    await untilApplied(id, [1, 2, 3, 4, 1, 2]);
    await stop();

    // Assess
    const after = await consumers.tables.readCase(id);
    expect(String(after?.generation) > String(before?.generation)).toBe(true);
    expect(after).toMatchObject({
      sequence: 2,
      state: { outcome: 'declined', finality: 'final' },
      evidence: { status: 'archived', manifest: expect.stringContaining(`/${after?.generation}/000001/`) },
    });
  });
});

/** Removes all messages from the events queue. */
async function drain(): Promise<void> {
  const apply: ApplyEvent = async () => 'applied';
  const stop = consumers.start['sqs-consumer'](apply);
  await eventually(async () =>
    expect(await consumers.countMessages(sut.system.stack.outputs.EventsQueueUrl ?? '')).toBe(0),
  );
  await stop();
}
