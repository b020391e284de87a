import { randomBytes } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ApplyEvent } from '../../docs/events/examples/case-table.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
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
  sut = await startSystemUnderTest();
  consumers = await consumersFor(sut);
  // A failed event returns after one second instead of three minutes.
  await consumers.setQueueAttributes({ VisibilityTimeout: '1' });
});
afterAll(async () => {
  await consumers?.stop();
  await sut?.stop();
  vi.restoreAllMocks();
});

const types = [
  'idv.verification.started.v1',
  'idv.verification.updated.v1',
  'idv.verification.decided.v1',
  'idv.evidence.archived.v1',
];
const allSequences = [1, 2, 3, 4];

/** Plays a case of four events. @returns the verification id */
async function playCase(name: string, custom1 = 'x'): Promise<string> {
  const ident = (state: 'START' | 'CHECK_PENDING' | 'SUCCESS', minute: number) =>
    makeIdent({
      companyId,
      transactionNumber: name,
      state,
      time: new Date(Date.UTC(2026, 10, 22, 10, minute)),
      custom: { custom1 },
    });
  const final = ident('SUCCESS', 9);
  sut.simulator.put(final);
  for (const body of [ident('START', 0), ident('CHECK_PENDING', 5), final]) await sut.post(body);
  return `idnow:${companyId}:${name}`;
}

/** Applies events to the table of cases, except for the events that fail at present. */
function applyWithFailures() {
  const applied: { subject: string; sequence: number }[] = [];
  const tries = new Map<string, number>();
  const state = { applied, tries, fails: (_: VerificationEvent): boolean => false, repetitions: 0 };
  const apply: ApplyEvent = async (event) => {
    tries.set(event.id, (tries.get(event.id) ?? 0) + 1);
    if (state.fails(event)) throw new Error('a planned failure');
    const result = await consumers.apply(event);
    if (result === 'applied') applied.push({ subject: event.subject, sequence: event.data.sequence });
    else state.repetitions += 1;
    return result;
  };
  return { state, apply };
}

describe.each(['sqs-consumer', 'Lambda'] as const)('the example consumer with %s', (kind) => {
  const nameOf = (name: string) => `${kind.toLowerCase()}-${name}`;

  test('applies each event once and in order, while a failing case delays no other case', async () => {
    // Prepare
    const failing = await playCase(nameOf('failing'));
    const others = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => playCase(nameOf(name))));
    const { state, apply } = applyWithFailures();
    state.fails = ({ subject, data }) => subject === failing && data.sequence === 2;

    // Act
    const stop = consumers.start[kind](apply);
    const sequencesOf = (id: string) =>
      state.applied.filter(({ subject }) => subject === id).map(({ sequence }) => sequence);
    await eventually(() => {
      for (const id of others) expect(sequencesOf(id)).toEqual(allSequences);
      expect(state.tries.get(`${failing}#2`)).toBeGreaterThan(2);
    });
    const whileFailing = sequencesOf(failing);
    state.fails = () => false;
    await eventually(() => expect(sequencesOf(failing)).toEqual(allSequences));
    await stop();

    // Assess
    expect(whileFailing).toEqual([1]);
    for (const id of [failing, ...others]) {
      const row = await consumers.readCase(id);
      expect(row.history).toEqual(allSequences.map((sequence) => ({ sequence, type: types[sequence - 1] })));
      expect(row).toMatchObject({ sequence: 4, state: { outcome: 'approved', finality: 'final' } });
      expect(row.claims).toHaveProperty('family_name');
      expect(row.evidence?.manifest).toContain('manifest.json');
    }
  });

  test('drops an event that the queue delivers twice, and leaves an event after a gap on the queue', async () => {
    // Prepare
    const id = `idnow:${companyId}:${nameOf('repeated')}`;
    const { state, apply } = applyWithFailures();
    const send = async (sequence: number, MessageDeduplicationId: string) =>
      sut.sqs.send(
        new SendMessageCommand({
          QueueUrl: sut.system.stack.outputs.EventsQueueUrl,
          MessageBody: JSON.stringify(makeEvent(id, sequence)),
          MessageGroupId: id,
          MessageDeduplicationId,
        }),
      );
    for (const [sequence, name] of [
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
      [2, 'd'],
      [4, 'e'],
    ] as const) {
      await send(sequence, `${id}-${name}`);
    }

    // Act
    const stop = consumers.start[kind](apply);
    await eventually(() => expect(state.tries.get(`${id}#4`)).toBeGreaterThan(1));
    await stop();

    // Assess
    expect((await consumers.readCase(id)).history.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(state.repetitions).toBe(2);
    expect(await consumers.countMessages(sut.system.stack.outputs.EventsQueueUrl ?? '')).toBe(1);
    await drain();
  });

  test('never gets a failed event again before the visibility timeout of the queue has passed', async () => {
    // Prepare
    const id = await playCase(nameOf('slow'));
    const { state, apply } = applyWithFailures();
    state.fails = () => true;
    const startedAt = Date.now();

    // Act
    const stop = consumers.start[kind](apply);
    await eventually(() => expect(state.tries.get(`${id}#1`)).toBeGreaterThanOrEqual(3));
    const elapsedMs = Date.now() - startedAt;
    const tries = state.tries.get(`${id}#1`) ?? 0;
    state.fails = () => false;
    await eventually(() => expect(state.applied).toHaveLength(4));
    await stop();

    // Assess
    expect(elapsedMs).toBeGreaterThanOrEqual((tries - 1) * 1000);
  });

  test('reads findings that are too large for the event, and makes only calls that the documented policy allows', async () => {
    // Prepare: a body of 400 KB that gzip cannot compress does not fit into the event.
    const id = await playCase(nameOf('large'), randomBytes(300 * 1024).toString('base64'));
    const grants = await readDocumentedPolicy('consumer-policy', sut.system.stack.outputs);
    const { state, apply } = applyWithFailures();
    const events: VerificationEvent[] = [];

    // Act
    const stop = consumers.start[kind](async (event) => {
      events.push(event);
      return apply(event);
    });
    await eventually(() => expect(state.applied).toHaveLength(4));
    await stop();

    // Assess
    expect(events.some(({ dataref }) => dataref !== undefined)).toBe(true);
    expect((await consumers.readCase(id)).claims).toHaveProperty('family_name');
    const required = consumers.calls.flatMap((call) => permissionsRequiredBy(call, new Map()));
    expect(new Set(required.map(({ action }) => action))).toEqual(
      new Set(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 's3:GetObject']),
    );
    expect(required.filter((each) => !grants.some((grant) => grantAllows(grant, each)))).toEqual([]);
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
