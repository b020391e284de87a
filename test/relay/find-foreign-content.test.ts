import { describe, expect, test } from 'vitest';
import { findContentOfOtherVerification } from '../../shared/relay/find-foreign-content.ts';
import { readStreamRecord, StreamRecordError } from '../../shared/relay/stream-record.ts';
import { deliveryOf, eventOf, jobOf, recordOf } from './relay-fixture.ts';

const owner = { provider: 'idnow', verificationId: 'idnow:c:1', sequence: 3 } as const;
const event = eventOf(owner.verificationId, 3);
const job = jobOf(owner.verificationId, 3);
const delivery = deliveryOf('d', new Uint8Array(1));
const outbox = { writeId: 'w', events: [JSON.stringify(event)], jobs: [job], delivery };
const events = [event];

function withEvidence(manifest: string | null, keys: readonly string[]) {
  const artifacts = keys.map((key) => ({ name: 'a', key, size: 1, sha256: '', contentType: 'a/b' }));
  const evidence = { requestedBy: 1, bucket: 'b', manifest, artifacts, missing: [], reason: null };
  return { ...event, data: { ...event.data, evidence } };
}

describe('findForeignContent', () => {
  test('the relay accepts a row if all its content is about the verification in the key of the row', () => {
    expect(findContentOfOtherVerification(owner, events, outbox)).toBeNull();
  });

  test.each([
    ['subject', { ...event, subject: 'id360:1' }],
    ['subject of the same provider', { ...event, subject: 'idnow:c:2' }],
    ['verificationId', { ...event, data: { ...event.data, verificationId: 'id360:1' } }],
    ['provider', { ...event, data: { ...event.data, provider: 'id360' } }],
    ['source', { ...event, source: '/providers/id360' }],
    ['source that begins like its own', { ...event, source: '/providers/idnow2/c' }],
    // If the relay sent this id, SQS would drop the other verification's real event as a duplicate.
    ['id', { ...event, id: 'id360:1#3' }],
    ['id that begins like its own', { ...event, id: 'idnow:c:12#3' }],
    ['id of another sequence', { ...event, id: 'idnow:c:1#2' }],
    ['sequence that the item has not reached', eventOf(owner.verificationId, 4)],
    ['dataref', { ...event, dataref: 's3://bucket/findings/id360/id360!1/d.json' }],
    ['dataref of the same provider', { ...event, dataref: 's3://bucket/findings/idnow/idnow!c!12/d.json' }],
    ['manifest', withEvidence('evidence/id360/id360!1/000003/manifest.json', [])],
    ['artifact', withEvidence(null, ['evidence/idnow/idnow!c!2/000003/ident.json'])],
  ])('the relay refuses a row if an event does not match the key of the row: %s', (_title, foreign) => {
    expect(findContentOfOtherVerification(owner, [event, foreign], outbox)).toBe(
      'an event is about another verification',
    );
  });

  test.each([
    ['verificationId', { ...job, verificationId: 'id360:1' }],
    ['verificationId of the same provider', { ...job, verificationId: 'idnow:c:2' }],
    ['provider', { ...job, provider: 'id360' as const }],
  ])(
    'the relay refuses a row if an evidence job does not match the key of the row: %s',
    (_title, foreign) => {
      expect(findContentOfOtherVerification(owner, events, { ...outbox, jobs: [job, foreign] })).toBe(
        'an evidence job is about another verification',
      );
    },
  );

  test('the relay refuses a row if the delivery in the row is from another provider', () => {
    const foreign = { ...delivery, provider: 'id360' as const };
    expect(findContentOfOtherVerification(owner, events, { ...outbox, delivery: foreign })).toBe(
      'the delivery is from another provider',
    );
  });

  test.each([
    ['findings', { ...event, dataref: 's3://bucket/findings/idnow/idnow!c!1/d.json' }],
    ['evidence', withEvidence('evidence/idnow/idnow!c!1/000003/manifest.json', [])],
  ])(
    'the relay accepts a row if its event points only to objects of the same verification: %s',
    (_title, own) => {
      expect(findContentOfOtherVerification(owner, [own], outbox)).toBeNull();
    },
  );

  test('the relay refuses a row if the body of its delivery is stored in the folder of another verification', () => {
    const body = { kind: 'object', bucket: 'b', key: 'deliveries/id360/id360!1/d.gz' } as const;
    expect(
      findContentOfOtherVerification(owner, events, { ...outbox, delivery: { ...delivery, body } }),
    ).toBe('the body of the delivery is stored below another verification');
  });

  test.each(['id360:1', 'idnow2:c:1', 'idnow'])(
    'the relay refuses a row if the provider in the row does not match the key: provider idnow, key %s',
    (verificationId) => {
      expect(findContentOfOtherVerification({ ...owner, verificationId }, [], { ...outbox, jobs: [] })).toBe(
        'the provider of the item is not the provider in its key',
      );
    },
  );
});

test('if a stream record has an event of another verification, the error does not contain that verification’s id', () => {
  const record = recordOf('a', 1, { events: [JSON.stringify(eventOf('id360:4711', 1))] });

  expect(() => readStreamRecord(record)).toThrow(StreamRecordError);
  expect(() => readStreamRecord(record)).toThrow(
    'stream record a1 is refused: an event is about another verification; find out who wrote the item',
  );
});
