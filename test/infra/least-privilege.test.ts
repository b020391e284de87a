import { randomBytes } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../local/simulators/datakeen/make-session.ts';
import {
  type DatakeenSimulator,
  startDatakeenSimulator,
} from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import {
  type Id360Simulator,
  startId360Simulator,
} from '../../local/simulators/id360/start-id360-simulator.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate } from '../../local/stack/template/stack-template.ts';
import { putObjectIntoStream } from '../../shared/operations/republish/put-into-stream.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { caseAreas } from '../../shared/retention/case-areas.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { expiryRecord } from '../support/expiry-record.ts';
import { type AwsCall, type FaultyProxy, faultyProxy } from '../support/faulty-proxy.ts';
import { providerNames } from '../support/provider-names.ts';
import { synthesizeOnce } from '../support/synthesize-once.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import {
  factsOf,
  type Grant,
  grantAllows,
  grantsByFunction,
  permissionsRequiredBy,
  type ResourceFacts,
} from './policy-evaluator.ts';

const MiB = 1024 ** 2;
const functions = [
  'relay-events',
  'delete-expired-cases',
  'count-open-quarantine',
  'keep-id360-session',
  ...providerNames.flatMap(
    (name) => [`receive-${name}`, `fetch-${name}-evidence`, `request-${name}-lookups`] as const,
  ),
] as const;
const nameOf = (name: string) => `idv-webhooks-local-${name}`;

const account = { username: 'app', password: 'a-test-password' };
const token = { 'x-callback-token': 'a-test-token' };

let sut: SystemUnderTest;
let id360: Id360Simulator;
let datakeen: DatakeenSimulator;
let proxy: FaultyProxy;
let grants: Map<string, Grant[]>;
let facts: ResourceFacts;

const permissionsFor = (call: AwsCall) => permissionsRequiredBy(call, facts);

beforeAll(async () => {
  proxy = faultyProxy();
  id360 = await startId360Simulator(account);
  datakeen = await startDatakeenSimulator(account);
  sut = await startSystemUnderTest({
    idnow: { unpackZip: true },
    id360: {
      ...account,
      apiUrl: id360.url,
      callbackHeader: { name: 'x-callback-token', values: [token['x-callback-token']] },
      urlSecrets: [],
      sourceIps: [],
      idclaimPath: null,
      pdfPath: null,
    },
    datakeen: {
      ...account,
      apiUrl: datakeen.url,
      authorizationScheme: 'Basic',
      urlSecrets: ['s'],
      sourceIps: [],
      newStatusFrom: 'every-url',
    },
    // A ZIP of two parts: the fetcher uploads the first part of 8 MiB before the connection closes.
    zipPadding: 13 * MiB,
    interceptEndpoint: proxy.intercept,
    synthesize: async (stage, outdir) => {
      const directory = await synthesizeOnce(stage, outdir);
      await readPolicies(directory);
      return directory;
    },
  });
  await useIdnow();
  await useId360();
  await useDatakeen();
  await useLookups();
  await useParking();
  await giveUp();
  await useQuarantineCounter();
  await useDeletion();
});
afterAll(async () => {
  await sut?.stop();
  await id360?.stop();
  await datakeen?.stop();
  await proxy?.stop();
});

/** Reads the policies of the functions from the template of the system under test. */
async function readPolicies(directory: string): Promise<void> {
  const assembly = await readCloudAssembly(directory);
  const context = { stackName: assembly.stackName, sqsEndpoint: 'http://sqs', streamLabel: 'label' };
  const template = resolveTemplate(assembly, context);
  grants = grantsByFunction(template);
  facts = factsOf(template);
}

/** Plays cases that trigger every AWS call of IDnow's functions and of the relay. */
async function useIdnow(): Promise<void> {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
  const ident = (transactionNumber: string, state: 'START' | 'SUCCESS', custom1 = 'x') =>
    makeIdent({ companyId, transactionNumber, state, time: at(5), custom: { custom1 } });
  // A body of 400 KB that gzip cannot compress fits neither into the row nor into the event.
  const large = ident('all', 'SUCCESS', randomBytes(300 * 1024).toString('base64'));
  sut.simulator.put(large);
  // The simulator closes the connection during the second part of the ZIP. So the fetcher aborts the upload and tries again.
  sut.simulator.failNext('zip', { status: 'hang-up', afterBytes: 12 * MiB });
  await sut.post(ident('all', 'START'));
  await sut.post(large);
  await sut.post(large);
  await sut.post('not json');
  // The fetcher has no API key for the account `unknown`, so it gives up the job.
  await sut.post(
    makeIdent({ companyId: 'unknown', transactionNumber: 'all', state: 'SUCCESS', time: at(5) }),
  );
  expect(await sut.events.receive(`idnow:${companyId}:all`, 3)).toHaveLength(3);
  expect(await sut.events.receive('idnow:unknown:all', 2)).toHaveLength(2);
  await eventually(async () => expect(await evidenceOf(sut).deadLetters()).toHaveLength(1));
}

/** Plays cases that trigger every AWS call of ID360's functions. */
async function useId360(): Promise<void> {
  const callback = (body: unknown) => sut.post(body, { path: '/webhooks/id360', headers: token });
  const random = randomBytes(300 * 1024).toString('base64');
  id360.put(makeId360Report({ id: 50123, status: 'OK', person: { address: random } }));
  const step = { name: 'id_document', status: 'OK', documents: [random] };
  await callback({ ...makeId360Callback({ id: 50123, status: 'STARTED' }), enrollment_step: step });
  await callback(makeId360Callback({ id: 50123, status: 'OK' }));
  await callback('not json');
  const events = await sut.events.receive('id360:50123', 3);
  expect(events.map(({ type }) => type)).toEqual([
    'idv.verification.progressed.v1',
    'idv.verification.decided.v1',
    'idv.evidence.archived.v1',
  ]);

  // Six steps without a job are too many unconfirmed writes for a row. Then the relay publishes them again.
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
    await callback({
      ...makeId360Callback({ id: 50124, status: 'STARTED' }),
      enrollment_step: { ...step, name, documents: [] },
    });
  await republish('id360:50124');

  const keeper = sut.system.stack.functions[nameOf('keep-id360-session')];
  id360.expireTokens();
  expect(await keeper?.invoke({})).toMatchObject({ kind: 'succeeded' });
}

/** Names an object of unconfirmed writes in the row of a case, as `npm run republish` does. */
async function republish(verificationId: string): Promise<void> {
  const [key = ''] = await eventually(async () => {
    const keys = await evidenceOf(sut).keys(`unconfirmed/${verificationId.replace(/:.*/, '')}/`);
    expect(keys).toHaveLength(1);
    return keys;
  });
  const { dynamodb } = sut;
  const { outputs } = sut.system.stack;
  const verificationsTable = outputs.VerificationsTableName ?? '';
  await putObjectIntoStream(verificationId, key, { dynamodb, verificationsTable, at: new Date() });
  const isRead = ({ service, caller, method }: AwsCall) =>
    service === 's3' && method === 'GET' && caller.endsWith('relay-events');
  await eventually(async () => expect(proxy.calls.some(isRead)).toBe(true));
}

/**
 * Sends a message that is not a job to the fetchers of ID360 and Datakeen, so that they give it up. IDnow's fetcher has
 * already given up a job.
 */
async function giveUp(): Promise<void> {
  for (const provider of ['id360', 'datakeen'] as const) {
    const { sendJob, deadLetters } = evidenceOf(sut, provider);
    await sendJob('not json');
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
  }
}

/** Returns the path of a signed URL for Datakeen's webhooks. */
const signedPath = (reference: string) =>
  new URL(signCallbackUrl({ base: 'http://any', provider: 'datakeen', reference, secret: 's' })).pathname;

/**
 * Plays cases that trigger every AWS call of Datakeen's functions. The bodies and results of these cases are too large
 * for a row of a table.
 */
async function useDatakeen(): Promise<void> {
  const random = randomBytes(300 * 1024).toString('base64');
  datakeen.put(makeDatakeenSession({ sessionId: 'session-1', person: { address: random } }));
  const path = signedPath('case-1');
  const webhook = (body: unknown) => sut.post(body, { path, headers: {} });
  await webhook({ sessionId: 'session-1', correlationId: random });
  await webhook({ sessionId: 'session-1', newStatus: 'unknown_status' });
  const events = await sut.events.receive('datakeen:session-1', 3);
  expect(events.map(({ type }) => type)).toEqual([
    'idv.verification.updated.v1',
    'idv.verification.decided.v1',
    'idv.evidence.archived.v1',
  ]);
}

/** Requests the lookups of each provider, a day after an open case of each provider has begun. */
async function useLookups(): Promise<void> {
  const time = new Date(Date.now() + 24 * 3600_000).toISOString();
  await sut.post(makeIdent({ companyId, transactionNumber: 'silent', state: 'START', time: new Date() }));
  const callback = makeId360Callback({ id: 50124, status: 'STARTED' });
  await sut.post(callback, { path: '/webhooks/id360', headers: token });
  const path = signedPath('case-2');
  await sut.post({ sessionId: 'session-2', newStatus: 'verify' }, { path, headers: {} });
  for (const provider of providerNames) {
    const requester = sut.system.stack.functions[nameOf(`request-${provider}-lookups`)];
    expect(await requester?.invoke({ time })).toMatchObject({ kind: 'succeeded' });
  }
}

/** Writes an item into the table Verifications that the relay cannot read, so the relay parks it. */
async function useParking(): Promise<void> {
  const { dynamodb } = sut;
  const { outputs } = sut.system.stack;
  const Item = { verificationId: { S: 'idnow:democompany:unreadable' } };
  await dynamodb.send(new PutItemCommand({ TableName: outputs.VerificationsTableName, Item }));
  await eventually(async () => expect(await evidenceOf(sut).keys('parked/')).toHaveLength(1));
}

/**
 * Tells the deletion of expired cases that the rows of three cases have expired. Together, the cases have objects in each
 * area of the bucket.
 */
async function useDeletion(): Promise<void> {
  const deletion = sut.system.stack.functions[nameOf('delete-expired-cases')];
  const removedAt = new Date(Date.now() + 60_000);
  const Records = ['id360:50123', 'id360:50124', `idnow:${companyId}:unreadable`].map((verificationId) =>
    expiryRecord(verificationId, removedAt),
  );
  expect(await deletion?.invoke({ Records })).toMatchObject({
    kind: 'succeeded',
    payload: { batchItemFailures: [] },
  });
}

async function useQuarantineCounter(): Promise<void> {
  const counter = sut.system.stack.functions[nameOf('count-open-quarantine')];
  expect(await counter?.invoke({})).toMatchObject({ kind: 'succeeded' });
}

const callsOf = (name: string): AwsCall[] =>
  proxy.calls.filter(({ caller }) => caller === `local-${nameOf(name)}`);

test("every AWS call comes from one of the stack's functions or from a poller", () => {
  expect([...new Set(proxy.calls.map(({ caller }) => caller))].toSorted()).toEqual([
    'local-event-source',
    ...functions.map((name) => `local-${nameOf(name)}`).toSorted(),
  ]);
});

test.each(functions)(
  'the policies of the function %s allow each AWS call that the function makes',
  (name) => {
    const allowed = grants.get(nameOf(name)) ?? [];
    const required = callsOf(name).flatMap(permissionsFor);
    const refused = required.filter((permission) => !allowed.some((grant) => grantAllows(grant, permission)));
    expect(required.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ action, resource }) => `${action} ${resource}`))).toEqual(new Set());
  },
);

test('each upload of a function has a checksum, because a bucket with Object Lock refuses an upload without one', () => {
  const uploads = proxy.calls.filter(
    ({ service, method, url }) => service === 's3' && (method === 'PUT' || url.includes('?uploads')),
  );
  const withoutChecksum = uploads.filter(
    ({ headers }) => !('x-amz-checksum-crc32' in headers || headers['x-amz-checksum-algorithm'] === 'CRC32'),
  );
  expect(new Set(uploads.map(({ caller }) => caller)).size).toBeGreaterThan(6);
  expect(withoutChecksum.map(({ caller, method, url }) => `${caller} ${method} ${url}`)).toEqual([]);
});

/** The allowed actions that no function calls itself. Each text says who uses the action, or why it is allowed. */
const usedByOthers: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'Lambda, for the function',
  'logs:PutLogEvents': 'Lambda, for the function',
  'xray:PutTraceSegments': 'Lambda, for the traces of the function',
  'xray:PutTelemetryRecords': 'Lambda, for the traces of the function',
  'sqs:ReceiveMessage': 'Lambda, for the event source mapping',
  'sqs:DeleteMessage': 'Lambda, for the event source mapping',
  'sqs:GetQueueAttributes': 'Lambda, for the event source mapping, and harmless',
  'dynamodb:DescribeStream': 'Lambda, for the event source mapping',
  'dynamodb:GetRecords': 'Lambda, for the event source mapping',
  'dynamodb:GetShardIterator': 'Lambda, for the event source mapping',
  'dynamodb:ListStreams': 'Lambda, for the event source mapping',
};

const unconfirmedWrites = (provider: string) =>
  expect.stringMatching(new RegExp(`^s3:PutObject .*/unconfirmed/${provider}/\\*$`));

/** No lookup of this test has a row that is too large. */
const largeWrites = (provider: string) => [
  expect.stringMatching(new RegExp(`^s3:PutObject .*/findings/${provider}/\\*$`)),
  unconfirmedWrites(provider),
  expect.stringMatching(/^kms:GenerateDataKey /),
];

/** The allowed actions that the cases of this test do not trigger, by function. */
const notExercised = {
  // In this test, only ID360's receiver moves unconfirmed writes to the bucket. All functions use the same code for it.
  'receive-idnow': [unconfirmedWrites('idnow')],
  'receive-id360': [],
  'keep-id360-session': [],
  'count-open-quarantine': [],
  'receive-datakeen': [unconfirmedWrites('datakeen')],
  // Lambda itself uses these actions, with the relay's role: it stores the records that the relay cannot send.
  'relay-events': [
    expect.stringMatching(/^s3:PutObject .*\/aws\/lambda\/\*$/),
    expect.stringMatching(/^s3:ListBucket /),
  ],
  // Lambda itself uses these actions: it stores the records of cases that the function cannot delete. The function reads
  // the retention only of versions that Object Lock protects, and the emulator locks nothing.
  'delete-expired-cases': [
    expect.stringMatching(/^s3:PutObject .*\/aws\/lambda\/\*$/),
    expect.stringMatching(/^kms:GenerateDataKey /),
    expect.stringMatching(/^s3:ListBucket /),
    ...caseAreas
      .toSorted()
      .map((area) => expect.stringMatching(new RegExp(`^s3:GetObjectRetention .*/${area}/\\*$`))),
  ],
  'request-idnow-lookups': largeWrites('idnow'),
  'request-id360-lookups': largeWrites('id360'),
  'request-datakeen-lookups': largeWrites('datakeen'),
  'fetch-idnow-evidence': [unconfirmedWrites('idnow')],
  // In this test, only IDnow's fetcher aborts a multipart upload. All fetchers use the same code for it.
  'fetch-id360-evidence': [
    expect.stringMatching(/^s3:AbortMultipartUpload .*\/evidence\/id360\/\*$/),
    unconfirmedWrites('id360'),
  ],
  'fetch-datakeen-evidence': [
    expect.stringMatching(/^s3:AbortMultipartUpload .*\/evidence\/datakeen\/\*$/),
    unconfirmedWrites('datakeen'),
  ],
};

test.each(functions)(
  'the function %s uses each action that its policies allow, except for the listed exceptions',
  (name) => {
    const required = callsOf(name).flatMap(permissionsFor);
    const unused = (grants.get(nameOf(name)) ?? [])
      .filter(({ action }) => !(action in usedByOthers))
      .filter((grant) => !required.some((permission) => grantAllows(grant, permission)))
      .map(({ action, resource }) => `${action} ${resource.replace(/^.*:/, '')}`);
    expect(unused).toEqual(notExercised[name]);
  },
);

test('the pollers only receive and delete messages, and only the fetcher of a provider may read its job queue', () => {
  const calls = proxy.calls.filter(
    ({ service, caller }) => service === 'sqs' && caller === 'local-event-source',
  );
  const required = calls.flatMap(permissionsFor);
  const isOfThisTest = (queue: string) =>
    providerNames.some((name) => queue.endsWith(`evidence-jobs-${name}`));
  const queues = [...new Set(required.map(({ resource }) => resource))].filter(isOfThisTest);

  expect(new Set(required.map(({ action }) => action))).toEqual(
    new Set(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'kms:Decrypt']),
  );
  expect(queues).toHaveLength(providerNames.length);
  for (const queue of queues) {
    const readers = functions.filter((name) =>
      (grants.get(nameOf(name)) ?? []).some((grant) =>
        grantAllows(grant, { action: 'sqs:ReceiveMessage', resource: queue }),
      ),
    );
    const [, provider] = /evidence-jobs-(\w+)$/.exec(queue) ?? [];
    expect(readers).toEqual([`fetch-${provider}-evidence`]);
  }
});
