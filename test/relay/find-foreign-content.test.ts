import { describe, expect, test } from 'vitest';
import type { EvidenceState } from '../../shared/contract/verification-event.ts';
import { findContentOfOtherVerification } from '../../shared/relay/find-foreign-content.ts';
import { readStreamRecord, StreamRecordError } from '../../shared/relay/stream-record.ts';
import { noFindings } from '../../shared/verifications/findings-after.ts';
import type { Outbox } from '../../shared/verifications/outbox.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { deliveryOf, eventOfWrite, jobOf, recordOf, verificationOf } from './relay-fixture.ts';

const verificationId = 'idnow:c:1';
const job = jobOf(verificationId, 3);
const delivery = deliveryOf('d', new Uint8Array(1));
const own = { event: eventOfWrite, jobs: [job], delivery };

/** Searches a row of `idnow:c:1` that has these changes. */
function search(changes: Partial<Verification>, outbox: Partial<Outbox> = {}): string | null {
  const verification = verificationOf(verificationId, 3, changes);
  return findContentOfOtherVerification(verification, { ...own, ...outbox }, 'b');
}

const findingsBelow = (folder: string) => ({
  findings: { ...noFindings, object: { bucket: 'b', folder, isVerified: true } },
});

function evidenceAt(manifest: string | null, keys: readonly string[]): { evidence: EvidenceState } {
  const artifacts = keys.map((key) => ({ name: 'a', key, size: 1, sha256: '', contentType: 'a/b' }));
  const missing: EvidenceState['missing'] = [];
  const about = { status: 'archived', requestedBy: 1, bucket: 'b', reason: null } as const;
  return { evidence: { ...about, manifest, manifestSha256: null, artifacts, missing } };
}

describe('findContentOfOtherVerification', () => {
  test('the relay accepts a row if all its content is about the verification in the key of the row', () => {
    expect(search({})).toBeNull();
  });

  test('the relay accepts a row if all its content points only to the objects and events of its verification', () => {
    const generation = 'idnow/idnow!c!1/20261122T100000Z';
    const changes = {
      ...findingsBelow(`findings/${generation}/w`),
      ...evidenceAt(`evidence/${generation}/000003/manifest.json`, [
        `evidence/${generation}/000003/ident.json`,
      ]),
      final: { eventId: 'idnow:c:1#20261122T100000Z.3', at: '2026-11-22T10:15:00Z' },
    };
    const body = { kind: 'object', bucket: 'b', key: 'deliveries/idnow/idnow!c!1/d.gz' } as const;
    const event = { ...eventOfWrite, supersedes: 'idnow:c:1#20261122T100000Z.2' };

    expect(search(changes, { event, delivery: { ...delivery, body } })).toBeNull();
  });

  test('the relay refuses a row that refers to an object in another bucket', () => {
    const key = 'deliveries/idnow/idnow!c!1/d.gz';
    const body = { kind: 'object', bucket: 'another', key } as const;
    const { findings } = findingsBelow('findings/idnow/idnow!c!1/g/w');
    const object = { ...findings.object, bucket: 'another' };
    const { evidence } = evidenceAt(null, []);
    const rows = [
      search({}, { delivery: { ...delivery, body } }),
      search({ findings: { ...findings, object } }),
      search({ evidence: { ...evidence, bucket: 'another' } }),
    ];
    expect(rows).toEqual(Array(3).fill('an object is stored in another bucket'));
  });

  test.each(['id360:1', 'idnow2:c:1', 'idnow'])(
    'the relay refuses a row if the provider in the row does not match the key: provider idnow, key %s',
    (key) => {
      expect(search({ verificationId: key }, { jobs: [] })).toBe(
        'the provider of the item is not the provider in its key',
      );
    },
  );

  test.each([
    ['of another provider', '/providers/id360'],
    ['that begins like its own', '/providers/idnow2/c'],
  ])('the relay refuses a row if the row has a source %s', (_title, source) => {
    expect(search({ source })).toBe('the source is another provider');
  });

  // If the relay sent such an id as `supersedes`, consumers could undo the event of another verification.
  test.each([
    ['of another provider', 'id360:1#20261122T100000Z.3'],
    ['of another verification of the provider', 'idnow:c:2#20261122T100000Z.3'],
    ['that begins like its own', 'idnow:c:12#20261122T100000Z.3'],
  ])('the relay refuses a row if the row names an event %s', (_title, eventId) => {
    const reason = 'an event id belongs to another verification';

    expect(search({}, { event: { ...eventOfWrite, supersedes: eventId } })).toBe(reason);
    expect(search({ final: { eventId, at: '2026-11-22T10:15:00Z' } })).toBe(reason);
  });

  test.each([
    ['another provider', 'findings/id360/id360!1/20261122T100000Z/w'],
    ['another verification of the provider', 'findings/idnow/idnow!c!2/20261122T100000Z/w'],
    ['a verification whose id begins like its own', 'findings/idnow/idnow!c!12/20261122T100000Z/w'],
    ['no verification', 'evidence/idnow/idnow!c!1/20261122T100000Z/w'],
  ])('the relay refuses a row if its findings are stored in the folder of %s', (_title, folder) => {
    expect(search(findingsBelow(folder))).toBe('the findings are stored below another verification');
  });

  test.each([
    ['the manifest, another provider', evidenceAt('evidence/id360/id360!1/g/000003/manifest.json', [])],
    ['the manifest, the same provider', evidenceAt('evidence/idnow/idnow!c!2/g/000003/manifest.json', [])],
    ['an artifact, another provider', evidenceAt(null, ['evidence/id360/id360!1/g/000003/report.json'])],
    [
      'an artifact beside its own, the same provider',
      evidenceAt(null, [
        'evidence/idnow/idnow!c!1/g/000003/ident.json',
        'evidence/idnow/idnow!c!12/g/000003/ident.json',
      ]),
    ],
  ])(
    'the relay refuses a row if its evidence is stored in the folder of another verification: %s',
    (_title, changes) => {
      expect(search(changes)).toBe('the evidence is stored below another verification');
    },
  );

  test.each([
    ['verificationId', { ...job, verificationId: 'id360:1' }],
    ['verificationId of the same provider', { ...job, verificationId: 'idnow:c:2' }],
    ['provider', { ...job, provider: 'id360' as const }],
  ])(
    'the relay refuses a row if an evidence job does not match the key of the row: %s',
    (_title, foreign) => {
      expect(search({}, { jobs: [job, foreign] })).toBe('an evidence job is about another verification');
    },
  );

  test('the relay refuses a row if the delivery in the row is from another provider', () => {
    const foreign = { ...delivery, provider: 'id360' as const };
    expect(search({}, { delivery: foreign })).toBe('the delivery is from another provider');
  });

  test('the relay refuses a row if the body of its delivery is stored in the folder of another verification', () => {
    const body = { kind: 'object', bucket: 'b', key: 'deliveries/id360/id360!1/d.gz' } as const;
    expect(search({}, { delivery: { ...delivery, body } })).toBe(
      'the body of the delivery is stored below another verification',
    );
  });
});

test('if a stream record has content of another verification, the error does not contain that verification’s id', () => {
  const record = recordOf('a', 1, { jobs: [jobOf('id360:4711', 1)] });

  expect(() => readStreamRecord(record, 'b')).toThrow(StreamRecordError);
  expect(() => readStreamRecord(record, 'b')).toThrow(
    'stream record a1 is refused: an evidence job is about another verification; find out who wrote the item',
  );
});
