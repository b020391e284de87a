import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEvidenceJobOutputNames } from '../../infra/evidence-job-outputs.ts';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import { startDatakeenSimulator } from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import { startId360Simulator } from '../../local/simulators/id360/start-id360-simulator.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { samplePersonErika } from '../../local/simulators/idnow/specimens.ts';
import { readAudit } from '../../shared/operations/audit/audit.ts';
import * as datakeen from '../support/datakeen-under-test.ts';
import { eventually } from '../support/eventually.ts';
import { findEverywhere, peek } from '../support/find-everywhere.ts';
import { historyRows } from '../support/history-rows.ts';
import * as id360 from '../support/id360-under-test.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { readVerificationRow } from '../support/verification-rows.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
let id360Simulator: Awaited<ReturnType<typeof startId360Simulator>>;
let datakeenSimulator: Awaited<ReturnType<typeof startDatakeenSimulator>>;
beforeAll(async () => {
  id360Simulator = await startId360Simulator(id360.account);
  datakeenSimulator = await startDatakeenSimulator(datakeen.account);
  sut = await startSystemUnderTest({
    id360: {
      ...id360.account,
      apiUrl: id360Simulator.url,
      callbackHeader: { name: id360.callbackHeader.name, values: [...id360.callbackHeader.values] },
      urlSecrets: [...id360.urlSecrets],
      sourceIps: [],
      idclaimPath: null,
      pdfPath: null,
    },
    datakeen: {
      ...datakeen.account,
      apiUrl: datakeenSimulator.url,
      authorizationScheme: 'Basic',
      urlSecrets: [...datakeen.urlSecrets],
      sourceIps: [],
      newStatusFrom: 'every-url',
    },
  });
});
afterAll(async () => {
  await sut?.stop();
  await id360Simulator?.stop();
  await datakeenSimulator?.stop();
});

/** A case of a provider, in which a name occurs in everything that the provider sends. */
interface PlayedCase {
  readonly verificationId: string;
  /** Sends a further webhook of the case. */
  again(): Promise<{ status: number; body: unknown }>;
  /** Sends a webhook of the case that nobody understands. */
  unknown(): Promise<{ status: number; body: unknown }>;
}

const hour = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

async function playIdnow(transactionNumber: string, name: string): Promise<PlayedCase> {
  const verificationId = `idnow:${companyId}:${transactionNumber}`;
  const { person: erika } = samplePersonErika;
  const submitted = { lastname: name };
  const person = { ...samplePersonErika, person: { ...erika, lastname: name }, submitted };
  const start = makeIdent({ companyId, transactionNumber, person, state: 'START', time: hour(0) });
  const success = makeIdent({ companyId, transactionNumber, person, state: 'SUCCESS', time: hour(5) });
  sut.simulator.put(success);
  const identificationprocess = { ...start.identificationprocess, result: `NEW-${name}` };
  // A body of this size is stored below `deliveries/`, because gzip cannot compress it.
  const noise = randomBytes(120 * 1024).toString('base64');
  const unknown = () => sut.post({ ...start, identificationprocess, noise });
  await sut.post(start);
  await sut.post(start);
  await sut.post(success);
  await unknown();
  await untilArchived(verificationId);
  return { verificationId, again: () => sut.post(success), unknown };
}

async function playId360(id: number, name: string): Promise<PlayedCase> {
  const verificationId = `id360:${id}`;
  const options = { path: id360.signedPath(`order-${id}`), headers: id360.token };
  const post = (body: object) => sut.post({ ...body, remark: name }, options);
  id360Simulator.put(makeId360Report({ id, status: 'OK', person: { name, family_name: name } }));
  await post(makeId360Callback({ id, step: { number: 1 } }));
  await post(makeId360Callback({ id, status: 'OK' }));
  const unknown = () => post({ ...makeId360Callback({ id }), status: `NEW-${name}` });
  await unknown();
  await untilArchived(verificationId);
  return { verificationId, again: () => post(makeId360Callback({ id, status: 'KO' })), unknown };
}

async function playDatakeen(sessionId: string, name: string): Promise<PlayedCase> {
  const verificationId = `datakeen:${sessionId}`;
  const options = { path: datakeen.signedPath(`order-${sessionId}`), headers: {} };
  const post = (body: object) => sut.post({ ...body, remark: name }, options);
  datakeenSimulator.put(makeDatakeenSession({ sessionId, person: { lastName: name } }));
  await post({ sessionId });
  const unknown = () => post({ sessionId, newStatus: `new-${name}` });
  await unknown();
  // These deliveries name no session, so only the signed URL tells whose they are. One of them is stored in the bucket.
  await post({ text: 'no session' });
  await post({ noise: randomBytes(120 * 1024).toString('base64') });
  await untilArchived(verificationId);
  return { verificationId, again: () => post({ sessionId, newStatus: 'user_approved' }), unknown };
}

/** The events stay in the queue, because this test has no consumer. */
async function untilArchived(verificationId: string): Promise<void> {
  await eventually(async () => {
    const types = (await historyRows(sut, verificationId)).map(({ event }) => Object(event).type);
    expect(types).toContain('idv.evidence.archived.v1');
  });
}

const outputs = () => sut.system.stack.outputs;
const pathOf = (verificationId: string) =>
  `${verificationId.split(':')[0]}/${verificationId.replaceAll(':', '!')}`;

/** Stores what only an incident leaves: parked messages, large findings, lost writes, dead letters. */
async function leaveIncidents(verificationId: string, name: string): Promise<void> {
  const [provider = ''] = verificationId.split(':');
  const put = (Key: string, Body: string | Buffer) =>
    sut.s3.send(new PutObjectCommand({ Bucket: outputs().EvidenceBucketName, Key, Body }));
  for (const area of ['findings', 'unconfirmed', 'parked'])
    await put(`${area}/${pathOf(verificationId)}/1.json`, JSON.stringify({ name }));
  await put(`deliveries/${pathOf(verificationId)}/older.gz`, gzipSync(name));
  const record = { dynamodb: { Keys: { verificationId: { S: verificationId } }, NewImage: { name } } };
  await put(`parked/unreadable/${name}.json`, JSON.stringify({ reason: 'unreadable', record }));
  await sut.sqs.send(
    new SendMessageCommand({
      QueueUrl: outputs().EventsDeadLetterQueueUrl,
      MessageBody: JSON.stringify({ subject: verificationId, type: 'idv.verification.decided.v1', name }),
      MessageGroupId: verificationId,
      MessageDeduplicationId: verificationId,
    }),
  );
  const job = JSON.stringify({ provider, verificationId, name });
  await sut.sqs.send(new SendMessageCommand({ QueueUrl: jobDeadLetters(provider), MessageBody: job }));
}

function jobDeadLetters(provider: string): string {
  const names = buildEvidenceJobOutputNames(provider);
  return outputs()[names.deadLetterQueueUrl] ?? '';
}

const erase = (verificationId: string, ...args: string[]) =>
  idv(sut, 'erase', verificationId, '--reason', 'request 17', ...args);

/** All places in which these tests leave personal data. */
const allPlaces = [
  'bucket deliveries/',
  'bucket evidence/',
  'bucket findings/',
  'bucket parked/',
  'bucket unconfirmed/',
  'queue EventsDeadLetterQueueUrl',
  'queue EventsQueueUrl',
  'table History',
  'table Verifications',
];

test.each([
  ['IDnow', 'CANARYIDNOW', (name: string) => playIdnow('person-1', name), 'Idnow'],
  ['ID360', 'CANARYID360', (name: string) => playId360(71_001, name), 'Id360'],
  [
    'Datakeen',
    'CANARYDATAKEEN',
    (name: string) => playDatakeen('662f5f9c9c18e30012a00001', name),
    'Datakeen',
  ],
])(
  'a person of %s is erased, and a canary value is found nowhere afterwards',
  async (_provider, name, play, prefix) => {
    // Prepare
    const { verificationId, again, unknown } = await play(name);
    await leaveIncidents(verificationId, name);
    const jobs = `queue ${prefix}EvidenceJobsDeadLetterQueueUrl`;
    expect(await findEverywhere(sut, name)).toEqual([...allPlaces, jobs].toSorted());

    // Act
    const erased = await erase(verificationId, '--yes', '--json');

    // Assess
    expect(erased).toMatchObject({ code: 0 });
    expect(await findEverywhere(sut, name)).toEqual([]);
    const certificate = JSON.parse(erased.out);
    expect(certificate).toMatchObject({ verificationId, open: [], locked: [] });
    for (const location of ['table History', 'bucket evidence/', 'bucket deliveries/', 'queue of events'])
      expect([location, countIn(certificate, location)]).toEqual([location, expect.toSatisfy((n) => n > 0)]);
    const rows = await historyRows(sut, verificationId);
    expect(rows.map(({ event }) => Object(event).type)).toEqual(['idv.verification.erased.v1']);

    // Act: what the provider sends afterwards
    const later = [await again(), await unknown()];

    // Assess
    for (const { status, body } of later)
      expect({ status, body }).toEqual({ status: 200, body: { status: 'stale', reason: 'erased' } });
    expect(await findEverywhere(sut, name)).toEqual([]);
    expect(await historyRows(sut, verificationId)).toEqual(rows);
  },
);

function countIn(
  certificate: { deleted: { location: string; deleted: number }[] },
  location: string,
): number {
  return certificate.deleted.find((each) => each.location === location)?.deleted ?? 0;
}

test('erasing a case leaves the other cases untouched, also those of the same body, queue and reference', async () => {
  // Prepare
  const other = await playIdnow('bystander-10', 'BYSTANDER');
  const ident = (transactionNumber: string, lastname: string) =>
    makeIdent({
      ...{ companyId, transactionNumber, state: 'START' as const, time: hour(1) },
      person: { ...samplePersonErika, person: { ...samplePersonErika.person, lastname } },
      custom: { custom1: lastname },
    });
  const idents = [ident('bystander-1', 'CANARYWRAPPED'), ident('bystander-2', 'NEIGHBOUR')];
  await sut.post({ identifications: idents });
  await leaveIncidents(other.verificationId, 'BYSTANDER');
  const [id, neighbour] = ['bystander-1', 'bystander-2'].map((each) => `idnow:${companyId}:${each}`);
  if (!id || !neighbour) throw new Error('two ids are expected');
  await eventually(async () => expect(await historyRows(sut, neighbour)).toHaveLength(1));
  const before = await everythingOf([other.verificationId, neighbour]);

  // Act
  const erased = await erase(id, '--yes');

  // Assess
  expect(erased).toMatchObject({ code: 0 });
  expect(await findEverywhere(sut, 'CANARYWRAPPED')).toEqual([]);
  expect(await everythingOf([other.verificationId, neighbour])).toEqual(before);
  expect(await findEverywhere(sut, 'BYSTANDER')).toEqual(
    [...allPlaces, 'queue IdnowEvidenceJobsDeadLetterQueueUrl'].toSorted(),
  );
});

/** Returns what the tables and the queues have of cases. */
async function everythingOf(ids: readonly string[]) {
  const rows = await Promise.all(
    ids.map(async (id) => [
      await readVerificationRow(sut.dynamodb, outputs().VerificationsTableName, id),
      await historyRows(sut, id),
    ]),
  );
  const urls = [outputs().EventsQueueUrl, outputs().EventsDeadLetterQueueUrl, jobDeadLetters('idnow')];
  const messages = await Promise.all(urls.map((url) => peek(sut, url ?? '')));
  const isTheirs = (body: string) => ids.some((id) => body.includes(`"${id}"`));
  return { rows, messages: messages.map((bodies) => bodies.filter(isTheirs)) };
}

test('without --yes, the plan names the places and counts, and nothing is written', async () => {
  // Prepare
  const { verificationId } = await playIdnow('planned', 'PLANNED');
  const before = await findEverywhere(sut, 'PLANNED');

  // Act
  const { code, out } = await erase(verificationId);

  // Assess
  expect(code).toBe(0);
  expect(out).toMatch(/table Verifications +1\n/);
  expect(out).toMatch(/table History +5\n/);
  expect(out).toMatch(/bucket evidence\/ +3\n/);
  expect(out).toMatch(/queue of events +those of the case among \d+ messages/);
  expect(out).toContain('Nothing was written. Add --yes to erase the case.');
  expect(await findEverywhere(sut, 'PLANNED')).toEqual(before);
});

test('erasing again finishes an interrupted erasure, and publishes no second event', async () => {
  // Prepare
  const { verificationId } = await playIdnow('interrupted', 'CANARYINTERRUPTED');
  await erase(verificationId, '--yes');
  const row = await readVerificationRow(sut.dynamodb, outputs().VerificationsTableName, verificationId);
  // What an interruption, or a job that ran meanwhile, has left
  await leaveIncidents(verificationId, 'CANARYINTERRUPTED');
  expect(await findEverywhere(sut, 'CANARYINTERRUPTED')).not.toEqual([]);

  // Act
  const again = await erase(verificationId, '--yes', '--json');

  // Assess
  expect(await findEverywhere(sut, 'CANARYINTERRUPTED')).toEqual([]);
  expect(await historyRows(sut, verificationId)).toHaveLength(1);
  expect(await readVerificationRow(sut.dynamodb, outputs().VerificationsTableName, verificationId)).toEqual(
    row,
  );
  // Nobody knows whether a job ran before the interruption, so the certificate says it.
  expect(JSON.parse(again.out).open).toEqual([expect.stringMatching(/^A job may run that began before/)]);
  expect(again.code).toBe(1);
});

test('the event of an erasure has no personal data, and the audit has the certificate', async () => {
  // Prepare
  const { verificationId } = await playIdnow('certified', 'CERTIFIED');

  // Act
  const { out, err } = await erase(verificationId, '--yes', '--json');

  // Assess
  const event = (await peek(sut, outputs().EventsQueueUrl ?? ''))
    .map((body) => JSON.parse(body))
    .find(({ subject }) => subject === verificationId);
  expect(event).toMatchObject({ type: 'idv.verification.erased.v1', sequence: '4' });
  expect(event.data).toMatchObject({
    ...{ reference: null, phase: 'completed', outcome: null, finality: 'final', providerStatus: '' },
    ...{ flags: [], reasons: [], claims: {}, extracted: {}, submitted: {}, documents: [], checks: [] },
    ...{ provider_data: {}, evidence: null, supersedes: null, occurredAt: null },
  });
  expect(err).toContain('the tombstone is written: event 4 erases the case');
  const stack = { aws: { dynamodb: sut.dynamodb }, historyTable: outputs().HistoryTableName ?? '' };
  const month = new Date().toISOString().slice(0, 7);
  const audit = await Array.fromAsync(readAudit(stack, month));
  const entry = audit.find((each) => each.verificationId === verificationId);
  expect(entry).toMatchObject({ action: 'erase', reason: 'request 17', details: JSON.parse(out) });
  expect((await idv(sut, 'explain', verificationId)).out).toContain('only its tombstone is left');
});

test('a case whose deliveries were only quarantined is erased, too', async () => {
  // Prepare
  const ident = makeIdent({ companyId, transactionNumber: 'odd', state: 'START', time: hour(0) });
  const { identificationprocess } = ident;
  const body = { ...ident, identificationprocess: { ...identificationprocess, result: 'CANARYODD' } };
  expect((await sut.post(body)).status).toBe(202);

  // Act
  const { code } = await erase(`idnow:${companyId}:odd`, '--yes');

  // Assess
  expect(code).toBe(0);
  expect(await findEverywhere(sut, 'CANARYODD')).toEqual([]);
  expect((await sut.post(body)).body).toEqual({ status: 'stale', reason: 'erased' });
});

test('a job of an erased case ends without an effect, and is no dead letter', async () => {
  // Prepare
  const { verificationId } = await playIdnow('late-job', 'LATEJOB');
  const row = await readVerificationRow(sut.dynamodb, outputs().VerificationsTableName, verificationId);
  const { generation, providerStatus } = row.verification;
  await erase(verificationId, '--yes');
  const job = {
    ...{ provider: 'idnow', verificationId, reference: 'late-job', generation, sequence: 2, providerStatus },
    requestedAt: new Date().toISOString(),
  };

  // Act
  for (const purpose of ['archive', 'compare', 'lookup'])
    await sut.sqs.send(
      new SendMessageCommand({
        QueueUrl: outputs().IdnowEvidenceJobsQueueUrl,
        MessageBody: JSON.stringify({ ...job, purpose }),
      }),
    );

  // Assess
  await eventually(() =>
    expect(
      sut.logs.filter((line) => line.includes(verificationId) && line.includes('the case is erased')),
    ).toHaveLength(1),
  );
  await eventually(async () =>
    expect(await peek(sut, outputs().IdnowEvidenceJobsQueueUrl ?? '')).toEqual([]),
  );
  expect(await findEverywhere(sut, 'LATEJOB')).toEqual([]);
  const dead = await peek(sut, jobDeadLetters('idnow'));
  expect(dead.filter((body) => body.includes(verificationId))).toEqual([]);
});

test('a dead letter that somebody has received is no complete erasure', async () => {
  // Prepare
  const { verificationId } = await playIdnow('received', 'RECEIVED');
  const QueueUrl = jobDeadLetters('idnow');
  const body = JSON.stringify({ verificationId });
  await sut.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  const { Messages: received = [] } = await sut.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
  );
  expect(received.map(({ Body }) => Body)).toContain(body);

  // Act
  const { code, out } = await erase(verificationId, '--yes', '--json');

  // Assess
  expect(code).toBe(1);
  expect(JSON.parse(out).open).toEqual([
    expect.stringMatching(/messages of the dead letters of idnow jobs are hidden/),
  ]);
});

test('an unknown case, and a missing reason, are refused with exit code 2', async () => {
  expect(await erase('idnow:demo:nobody', '--yes')).toMatchObject({ code: 2 });
  expect(await idv(sut, 'erase', 'idnow:demo:nobody', '--yes')).toMatchObject({ code: 2 });
});
