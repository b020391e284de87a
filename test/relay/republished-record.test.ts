import { expect, test } from 'vitest';
import { eventOf, jobOf, recordOf, relayUnderTest, republished, unconfirmedWrite } from './relay-fixture.ts';

const unconfirmed = [unconfirmedWrite('a', 1), unconfirmedWrite('a', 2)];
const record = recordOf('a', 3, { jobs: [jobOf('a', 3)] }, { unconfirmed });

test('a row that is in the stream again publishes its unconfirmed writes before its own write, each as it was', async () => {
  // Prepare
  const { relay, messages, jobs, rows } = relayUnderTest();
  // Act
  const failed = await relay([republished(record)]);
  // Assess
  expect(failed).toEqual([]);
  expect(messages.map(({ MessageBody: body }) => JSON.parse(body))).toEqual([
    eventOf('a', 1),
    eventOf('a', 2),
    eventOf('a', 3),
  ]);
  expect(jobs).toEqual(['a#1', 'a#2', 'a#3']);
  expect(rows.map(({ version, delivery }) => [version, delivery?.deliveryId ?? null])).toEqual([
    ['write-1', 'delivery 1'],
    ['write-2', 'delivery 2'],
    ['write-3', null],
  ]);
});

test('a row without an event of its own publishes only its unconfirmed writes', async () => {
  const { relay, sent, rows } = relayUnderTest();
  await relay([republished(recordOf('a', 2, { event: null }, { unconfirmed }))]);
  expect(sent).toEqual(['a#1', 'a#2']);
  expect(rows.map(({ version }) => version)).toEqual(['write-1', 'write-2']);
});

test('a row that is in the stream for the first time publishes only its own write', async () => {
  const { relay, sent, jobs, rows } = relayUnderTest();
  await relay([record]);
  expect([sent, jobs, rows.map(({ version }) => version)]).toEqual([['a#3'], ['a#3'], ['write-3']]);
});

test('after a temporary failure of an unconfirmed write, the relay reports the record once and sends no later write', async () => {
  // Prepare
  const { relay, sent, rows, telemetry } = relayUnderTest({ event: 'a#2' });
  // Act
  const failed = await relay([republished(record)]);
  // Assess
  expect(failed).toEqual(['a3']);
  expect(sent).toEqual(['a#1']);
  expect(rows.map(({ version }) => version)).toEqual(['write-1']);
  expect(telemetry.counts).toMatchObject({ WritesRelayed: 0, WritesNotRelayed: 1 });
});

test('refused messages of several writes of one record are parked under different keys', async () => {
  // Prepare: the queue refuses the jobs of all three writes.
  const { relay, parked } = relayUnderTest({}, { jobOf: 'a' });
  // Act
  await relay([republished(record)]);
  // Assess
  expect([...parked.keys()].toSorted()).toEqual([
    'parked/idnow/idnow!a/a3-earlier-1-job-1.json',
    'parked/idnow/idnow!a/a3-earlier-2-job-1.json',
    'parked/idnow/idnow!a/a3-job-1.json',
  ]);
});

test('an unconfirmed write with a job of another verification publishes nothing, and the record is parked', async () => {
  // Prepare
  const forged = unconfirmedWrite('a', 1, { jobs: [{ ...jobOf('a', 1), verificationId: 'idnow:victim' }] });
  const { relay, sent, parked } = relayUnderTest();
  // Act
  const failed = await relay([republished(recordOf('a', 3, {}, { unconfirmed: [forged] }))]);
  // Assess
  expect([failed, sent]).toEqual([[], []]);
  expect([...parked.keys()]).toEqual(['parked/idnow/idnow!a/a3-record.json']);
});
