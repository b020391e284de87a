import { stat } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { getBundleDirectory } from '../../infra/bundle.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { type Call, type EndpointProxies, endpointProxies } from '../support/endpoint-proxies.ts';
import { eventually } from '../support/eventually.ts';
import { historyRows } from '../support/history-rows.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let proxies: EndpointProxies;
let sut: SystemUnderTest;
beforeAll(async () => {
  proxies = endpointProxies();
  sut = await startSystemUnderTest({ interceptEndpoint: proxies.interceptEndpoint });
});
afterEach(() => proxies.refuse(null));
afterAll(async () => {
  await sut.stop();
  proxies.stop();
});

type State = Parameters<typeof makeIdent>[0]['state'];
const ident = (transactionNumber: string, state: State, minute = 0) =>
  makeIdent({ companyId, transactionNumber, state, time: new Date(Date.UTC(2026, 10, 22, 10, minute)) });

const byReceiver = ({ caller }: Call) => caller === 'local-idv-webhooks-local-receive-idnow';
const toDynamoDb = (call: Call) => byReceiver(call) && call.service === 'dynamodb';

/** Returns the receiver's calls to all AWS services during an action. */
async function callsDuring(action: () => Promise<unknown>) {
  const before = proxies.calls.length;
  await action();
  const made = proxies.calls.slice(before).filter(byReceiver);
  return made.map(({ service, operation }) => `${service} ${operation}`);
}

const put = 'dynamodb DynamoDB_20120810.PutItem';
const get = 'dynamodb DynamoDB_20120810.GetItem';

describe('the number of AWS calls before the answer', () => {
  test('the receiver makes one AWS call for a delivery of a new or remembered verification, and two otherwise', async () => {
    // Prepare: send another delivery, so that the instance reads its secret.
    await sut.post(ident('TXN-warm', 'START'));
    // Act
    const first = await callsDuring(() => sut.post(ident('TXN-calls', 'START')));
    const later = await callsDuring(() => sut.post(ident('TXN-calls', 'CHECK_PENDING', 5)));
    await sut.system.stack.functions['idv-webhooks-local-receive-idnow']?.crash();
    await sut.post(ident('TXN-warm', 'CHECK_PENDING', 5));
    const elsewhere = await callsDuring(() => sut.post(ident('TXN-calls', 'SUCCESS', 9)));
    // Assess
    expect([first, later, elsewhere]).toEqual([[put], [put], [get, put]]);
  });

  test('each instance of the receiver reads its secret only once, when it starts', () => {
    const reads = proxies.calls.filter((call) => byReceiver(call) && call.service === 'secretsmanager');
    expect(reads.map(({ operation }) => operation)).toEqual(Array(2).fill('secretsmanager.GetSecretValue'));
  });

  test('the receiver makes no AWS call for a request with a wrong method', async () => {
    const wrongMethod = await callsDuring(() => sut.post({}, { method: 'PUT' }));
    expect(wrongMethod).toEqual([]);
  });
});

describe('while DynamoDB fails', () => {
  test('a delivery is answered 503 while DynamoDB fails, and is accepted when it is sent again', async () => {
    // Prepare
    await sut.post(ident('TXN-503', 'START'));
    proxies.refuse(toDynamoDb);
    // Act
    const refused = await sut.post(ident('TXN-503', 'SUCCESS', 9));
    proxies.refuse(null);
    const again = await sut.post(ident('TXN-503', 'SUCCESS', 9));
    // Assess
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.body).toMatchObject({ title: 'Service Unavailable', status: 503 });
    expect(again.body).toEqual({ status: 'accepted', sequence: 2 });
    const events = await sut.events.receive('idnow:democompany:txn-503', 2);
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['idv.verification.started.v1', '1'],
      ['idv.verification.decided.v1', '2'],
    ]);
  });

  test('a duplicate or quarantined delivery is answered 503 while DynamoDB fails, because its row in the history cannot be written', async () => {
    // Prepare
    await sut.post(ident('TXN-drop', 'SUCCESS', 9));
    proxies.refuse(toDynamoDb);
    // Act
    const statuses = [
      (await sut.post(ident('TXN-drop', 'SUCCESS', 9))).status,
      (await sut.post('not JSON')).status,
    ];
    proxies.refuse(null);
    const again = await sut.post(ident('TXN-drop', 'SUCCESS', 9));
    // Assess
    expect(statuses).toEqual([503, 503]);
    expect(again.body).toEqual({ status: 'duplicate' });
  });

  test('a delivery is accepted if DynamoDB fails once and the retry succeeds', async () => {
    // Prepare: make the first call fail, and the SDK's retry succeed.
    let faults = 1;
    proxies.refuse((call) => toDynamoDb(call) && faults-- > 0);
    // Act
    const answer = await sut.post(ident('TXN-blip', 'START'));
    // Assess
    expect([answer.status, answer.body]).toEqual([200, { status: 'accepted', sequence: 1 }]);
    expect(faults).toBeLessThan(1);
  });

  test('a delivery with several idents is accepted completely when it is sent again after a partial failure', async () => {
    // Prepare: let the write of the first ident succeed, and make the write of the second ident fail.
    const body = { identifications: [ident('TXN-half-1', 'START'), ident('TXN-half-2', 'START')] };
    let writes = 0;
    proxies.refuse((call) => toDynamoDb(call) && ++writes > 1);
    // Act
    const refused = await sut.post(body);
    proxies.refuse(null);
    const again = await sut.post(body);
    // Assess
    expect(refused.status).toBe(503);
    expect([again.status, again.body]).toEqual([
      200,
      [{ status: 'duplicate' }, { status: 'accepted', sequence: 1 }],
    ]);
  });
});

describe('while S3 fails', () => {
  test('while S3 fails, a large delivery is answered 503, and a small delivery is accepted', async () => {
    // Prepare
    const large = { ...ident('TXN-s3', 'SUCCESS', 9), customdata: { custom1: 'x'.repeat(200_000) } };
    proxies.refuse((call) => byReceiver(call) && call.service === 's3');
    // Act
    const refused = await sut.post(large);
    const small = await sut.post(ident('TXN-s3-small', 'START'));
    proxies.refuse(null);
    const again = await sut.post(large);
    // Assess
    expect([refused.status, small.status]).toEqual([503, 200]);
    expect(again.body).toEqual({ status: 'accepted', sequence: 1 });
  });
});

describe('speed and size', () => {
  test('the median time from a POST to its event on the queue is below one second', async () => {
    // Act
    const durations: number[] = [];
    for (let index = 0; index < 15; index++) {
      const posted = performance.now();
      await sut.post(ident(`TXN-fast-${index}`, 'START'));
      await sut.events.receive(`idnow:democompany:txn-fast-${index}`, 1);
      durations.push(performance.now() - posted);
    }
    // Assess
    const median = durations.sort((a, b) => a - b)[7];
    expect(median).toBeLessThan(1000);
  });

  test('the bundle of the receiver is at most 450 KB', async () => {
    const { size } = await stat(`${getBundleDirectory('receive-idnow')}/index.js`);
    expect(size).toBeLessThanOrEqual(450_000);
  });
});

test('the history has every delivery of a verification, and a reason for each dropped delivery', async () => {
  // Prepare
  const start = ident('TXN-history', 'START');
  await sut.post(start);
  await sut.post(ident('TXN-history', 'CANCELED', 5));
  await sut.post(ident('TXN-history', 'CHECK_PENDING', 4));
  await sut.post(start);
  // Assess
  await eventually(async () => {
    const rows = await historyRows(sut, 'idnow:democompany:txn-history');
    expect(rows.map(({ decision, reason, sequence }) => `${decision} ${reason} ${sequence}`).sort()).toEqual([
      'accepted null 1',
      'accepted null 2',
      'accepted null 3',
      'stale previous-attempt null',
    ]);
  });
});
