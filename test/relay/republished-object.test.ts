import { expect, test } from 'vitest';
import { encodeUnconfirmedWrites } from '../../shared/verifications/unconfirmed-object.ts';
import type { UnconfirmedWrite } from '../../shared/verifications/verification.ts';
import { eventOf, recordOf, relayUnderTest, republished, unconfirmedWrite } from './relay-fixture.ts';

const folder = 'unconfirmed/idnow/idnow!a';
const key = `${folder}/20261122T100000Z/write-2.json`;
const inBucket = [unconfirmedWrite('a', 1), unconfirmedWrite('a', 2)];

/** Creates a relay with an object in its bucket, and the record that names this object. */
function underTest({
  writes = inBucket,
  name = key,
  ...fail
}: {
  readonly writes?: readonly UnconfirmedWrite[];
  readonly name?: string;
  readonly event?: string;
  readonly reading?: boolean;
} = {}) {
  const relay = relayUnderTest(fail);
  relay.objects.set(name, encodeUnconfirmedWrites(writes));
  const unconfirmed = [unconfirmedWrite('a', 3)];
  return { ...relay, record: republished(recordOf('a', 4, {}, { unconfirmed }), name) };
}

test('a row that names an object publishes the writes of the object, each as it was, and no write of the row', async () => {
  // Prepare
  const { relay, record, messages, jobs, rows } = underTest();
  // Act
  const failed = await relay([record]);
  // Assess
  expect(failed).toEqual([]);
  expect(messages.map(({ MessageBody: body }) => JSON.parse(body))).toEqual([
    eventOf('a', 1),
    eventOf('a', 2),
  ]);
  expect(jobs).toEqual(['a#1', 'a#2']);
  expect(rows.map(({ version, delivery }) => [version, delivery?.body])).toEqual([
    ['write-1', { kind: 'text', text: 'body 1' }],
    ['write-2', { kind: 'text', text: 'body 2' }],
  ]);
});

test('the next record of the row publishes its later writes after those of the object', async () => {
  const { relay, record, sent } = underTest();
  const row = republished(recordOf('a', 4, {}, { unconfirmed: [unconfirmedWrite('a', 3)] }));
  expect(await relay([record, row])).toEqual([]);
  expect(sent).toEqual(['a#1', 'a#2', 'a#3', 'a#4']);
});

test('after a temporary failure of a write of the object, the relay reports the record, and sends no later write', async () => {
  const { relay, record, sent } = underTest({ event: 'a#2' });
  expect(await relay([record])).toEqual(['a4']);
  expect(sent).toEqual(['a#1']);
});

test('if S3 does not answer, the relay reports this record and the later ones, and sends only the earlier ones', async () => {
  // Prepare
  const { relay, record, sent, parked, telemetry } = underTest({ reading: true });
  // Act
  const failed = await relay([recordOf('b', 1), record, recordOf('a', 5), recordOf('c', 1)]);
  // Assess
  expect(failed).toEqual(['a4', 'a5', 'c1']);
  expect([sent, [...parked.keys()]]).toEqual([['b#1'], []]);
  expect(telemetry.counts).toMatchObject({ WritesRelayed: 1, WritesNotRelayed: 3 });
});

test.each([
  ['the object of another verification', { name: 'unconfirmed/idnow/idnow!victim/g/w.json' }],
  ['an object of another area', { name: 'evidence/idnow/idnow!a/g/w.json' }],
  ['an object above its own folder', { name: `${folder}/../idnow!victim/g/w.json` }],
  ['a write of another verification', { writes: [unconfirmedWrite('victim', 1)] }],
])('a row that names %s publishes nothing, and the record is parked', async (_title, changes) => {
  // Prepare
  const { relay, record, sent, parked } = underTest(changes);
  // Act
  const failed = await relay([record]);
  // Assess
  expect([failed, sent]).toEqual([[], []]);
  expect([...parked.keys()]).toEqual(['parked/idnow/idnow!a/a4-record.json']);
});

test.each([
  ['is missing', null],
  ['is no JSON', Buffer.from('{')],
  ['has no records', Buffer.from('{}')],
])('a record whose object %s is parked, and delays no other', async (_title, bytes) => {
  // Prepare
  const { relay, record, objects, sent, parked } = underTest();
  if (bytes === null) objects.delete(key);
  else objects.set(key, bytes);
  // Act
  const failed = await relay([record, recordOf('b', 1)]);
  // Assess
  expect([failed, sent]).toEqual([[], ['b#1']]);
  expect([...parked.keys()]).toEqual(['parked/idnow/idnow!a/a4-record.json']);
});
