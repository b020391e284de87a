import { afterAll, beforeAll, expect, test } from 'vitest';
import { noUsage } from '../../local/bench/numbers/costs.ts';
import type { AwsCall } from '../../local/bench/system/aws-proxy.ts';
import { measureCall } from '../../local/bench/system/aws-usage.ts';
import { type BenchFunctions, startBenchFunctions } from '../../local/bench/system/bench-functions.ts';
import { type BenchSystem, startBenchSystem } from '../../local/bench/system/bench-system.ts';
import { makeIdnowCase } from '../../local/bench/system/idnow-case.ts';
import { deliver, deliverToTextbook } from '../../local/bench/system/invoke.ts';

const call: AwsCall = {
  service: 'dynamodb',
  operation: 'PutItem',
  status: 200,
  requestBody: '',
  answerBody: '{}',
};
const itemOf = (bytes: number) => ({ id: { S: 'x'.repeat(bytes - 2) } });
const put = (bytes: number) => JSON.stringify({ TableName: 't', Item: itemOf(bytes) });

test.each<[string, Partial<AwsCall>, object]>([
  ['a write costs the units of its item', { requestBody: put(2049) }, { writeUnits: 3 }],
  [
    'a write that fails because of a larger item costs the units of that item',
    { requestBody: put(100), status: 400, answerBody: JSON.stringify({ Item: itemOf(4097) }) },
    { writeUnits: 5 },
  ],
  [
    'units that the emulator reports count instead of computed units',
    { requestBody: put(100), answerBody: JSON.stringify({ ConsumedCapacity: { CapacityUnits: 7 } }) },
    { writeUnits: 7 },
  ],
  [
    'a read costs the units of the item that it returns',
    {
      operation: 'GetItem',
      requestBody: '{"TableName":"t"}',
      answerBody: JSON.stringify({ Item: itemOf(4097) }),
    },
    { readUnits: 2 },
  ],
  [
    'a message to a FIFO queue is a FIFO request',
    { service: 'sqs', requestBody: JSON.stringify({ QueueUrl: 'http://h/0/q.fifo' }) },
    { fifoRequests: 1 },
  ],
  [
    'each 64 KB of a request to a queue count as a request',
    {
      service: 'sqs',
      requestBody: JSON.stringify({ QueueUrl: 'http://h/0/q', MessageBody: 'x'.repeat(65_536) }),
    },
    { queueRequests: 2 },
  ],
  ['a PUT to S3 is a PUT', { service: 's3', operation: 'PUT' }, { objectPuts: 1 }],
  ['a HEAD to S3 is billed like a GET', { service: 's3', operation: 'HEAD' }, { objectGets: 1 }],
  ['a read of a secret costs nothing per webhook', { service: 'secretsmanager' }, {}],
])('%s', async (_title, changes, usage) => {
  const standard = async () => ({ isInfrequent: false });
  expect(await measureCall({ ...call, ...changes }, standard)).toEqual({ ...noUsage, ...usage });
});

test('a write to a table of the class Standard-IA counts in both figures', async () => {
  const usage = await measureCall({ ...call, requestBody: put(2049) }, async () => ({ isInfrequent: true }));
  expect(usage).toEqual({ ...noUsage, writeUnits: 3, infrequentWriteUnits: 3 });
});

let system: BenchSystem;
let functions: BenchFunctions;
beforeAll(async () => {
  system = await startBenchSystem();
  functions = await startBenchFunctions(system);
});
afterAll(() => system?.stop());

test('the units that we compute for the writes of a case equal the units that the DynamoDB emulator reports', async () => {
  // Prepare
  system.proxy.asksForCapacity = true;
  // Act
  for (const body of makeIdnowCase('units')) {
    await deliver(functions.receiver, body);
    await deliverToTextbook(functions.storingTextbook, body);
  }
  // Assess
  const writes = system.proxy.calls.filter(
    ({ operation, answerBody }) => operation === 'PutItem' && answerBody.includes('ConsumedCapacity'),
  );
  const unitsOf = async (each: AwsCall) =>
    (await measureCall(each, async () => ({ isInfrequent: false }))).writeUnits;
  const ofItems = await Promise.all(writes.map((each) => unitsOf({ ...each, answerBody: '{}' })));
  const reported = await Promise.all(writes.map(unitsOf));
  expect(writes.length).toBeGreaterThanOrEqual(12);
  // The first write of the case also creates its entry in the index of open cases, and the last write removes it.
  const ofCase = writes.filter(({ requestBody }) => requestBody.includes('"verificationId"'));
  const inIndex = (each: AwsCall) => (each === ofCase[0] || each === ofCase.at(-1) ? 1 : 0);
  expect(ofItems.map((units, index) => units + inIndex(writes[index] ?? call))).toEqual(reported);
});

test('while AWS calls take 300 ms, a warm UpdateItem takes 300 ms or more', async () => {
  // Prepare
  await functions.updateItem.invoke({ id: 'warm' });
  system.proxy.callMs = 300;
  // Act
  const { ms } = await functions.updateItem.invoke({ id: 'delayed' });
  system.proxy.callMs = 0;
  // Assess
  expect(ms).toBeGreaterThanOrEqual(300);
});

test('a delivery that is refused fails the bench, because a refusal would look like a fast delivery', async () => {
  const [start] = makeIdnowCase('twice');
  await deliver(functions.receiver, start);
  await expect(deliver(functions.receiver, start)).rejects.toThrow(
    'was not accepted: 200 {"status":"duplicate"}',
  );
});
