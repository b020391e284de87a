import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const relay = 'idv-webhooks-local-relay-events';
const victim = 'id360:4711';

let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
/** The row of a real verification. A test forges a row by changing a copy of this row. */
let item: Record<string, unknown>;
/** The event in the row's outbox. */
let event: { readonly data: object };

beforeAll(async () => {
  sut = await startSystemUnderTest();
  const { endpoints, region, credentials } = sut.system.stack;
  dynamodb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  item = await itemOf(await startIdent('real'));
  event = eventIn(item);
});
afterAll(async () => {
  dynamodb?.destroy();
  await sut?.stop();
});

/** Starts an ident and waits until its event is published. @returns the verification id */
async function startIdent(transactionNumber: string): Promise<string> {
  const time = new Date(Date.UTC(2026, 10, 22, 10));
  await sut.post(makeIdent({ companyId, transactionNumber, state: 'START', time }));
  const verificationId = `idnow:${companyId}:${transactionNumber}`;
  expect(await sut.events.receive(verificationId, 1)).toHaveLength(1);
  return verificationId;
}

const table = () => sut.system.stack.outputs.VerificationsTableName;

async function itemOf(verificationId: string): Promise<Record<string, unknown>> {
  const { Item: found = {} } = await dynamodb.send(
    new GetItemCommand({ TableName: table(), Key: { verificationId: { S: verificationId } } }),
  );
  return unmarshall(found);
}

const eventIn = ({ outbox }: Record<string, unknown>) => JSON.parse(Object(outbox).events[0]);

/** Writes a row directly into the table. The IAM role of IDnow's receiver permits this write. */
async function forge(name: string, changes: object, outbox: object): Promise<void> {
  const verificationId = `idnow:${companyId}:${name}`;
  const forged = { ...item, ...changes, verificationId, outbox: { ...Object(item.outbox), ...outbox } };
  await dynamodb.send(new PutItemCommand({ TableName: table(), Item: marshall(forged) }));
}

/** Returns an event that names another verification, the victim, in every field. */
const eventAboutVictim = () =>
  JSON.stringify({
    ...event,
    id: `${victim}#1`,
    source: '/providers/id360',
    subject: victim,
    data: { ...event.data, provider: 'id360', verificationId: victim },
  });

/** Returns an event that names the verification of its row, as a real event does. */
const ownEvent = (name: string) =>
  JSON.stringify(event).replaceAll(`idnow:${companyId}:real`, `idnow:${companyId}:${name}`);

const jobAboutVictim = {
  provider: 'id360',
  verificationId: victim,
  reference: null,
  sequence: 1,
  providerStatus: 'OK',
  requestedAt: '2026-11-22T10:00:00Z',
};

const expectRefusal = (reason: string) =>
  eventually(() =>
    expect(sut.logs.filter((line) => line.startsWith(relay) && line.includes(reason))).not.toEqual([]),
  );

test('the relay publishes nothing from a forged row, logs and counts it, and delays no other verification', async () => {
  // Act
  await forge('event', {}, { delivery: null, events: [eventAboutVictim()] });
  await forge('job', {}, { delivery: null, events: [ownEvent('job')], jobs: [jobAboutVictim] });
  await forge('provider', { provider: 'id360' }, { delivery: null, events: [ownEvent('provider')] });

  // Assess
  await expectRefusal('is refused: an event is about another verification');
  await expectRefusal('is refused: an evidence job is about another verification');
  await expectRefusal('is refused: the provider of the item is not the provider in its key');
  // If one invocation parks several messages, the value of the metric is a list, such as `[1,1]`.
  await eventually(() => expect(sut.logs.join('\n')).toMatch(/"MessagesParked":\[?1/));
  await startIdent('after');
  const subjects = sut.events.messages.map(({ Body: body = '' }) => JSON.parse(body).subject);
  expect(new Set(subjects)).toEqual(new Set([`idnow:${companyId}:real`, `idnow:${companyId}:after`]));
  for (const provider of ['idnow', 'id360'] as const) {
    const { openJobs, deadLetters } = evidenceOf(sut, provider);
    expect(await openJobs()).toBe(0);
    expect(await deadLetters()).toEqual([]);
  }
});
