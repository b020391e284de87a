import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import { buildEvidenceFolder } from '../../../shared/evidence/archive/folder.ts';
import { idnowVerificationId } from '../../../shared/providers/idnow/verification-id.ts';
import { testGeneration } from '../../support/make-event.ts';

const job = (id: string, sequence = 3, generation = testGeneration): EvidenceJob => ({
  purpose: 'archive',
  provider: 'idnow',
  verificationId: id,
  reference: null,
  generation,
  sequence,
  providerStatus: 'SUCCESS',
  occurredAt: null,
  requestedAt: '2026-11-22T10:15:00Z',
  notBefore: null,
  onNothing: { kind: 'keep' },
});

test.each([
  ['idnow:democompany:txn-1', 3, 'evidence/idnow/idnow!democompany!txn-1/20261122T100000Z/000003'],
  ['idnow:democompany:txn-1', 999_999, 'evidence/idnow/idnow!democompany!txn-1/20261122T100000Z/999999'],
  ['idnow:democompany:txn-1', 1_000_000, 'evidence/idnow/idnow!democompany!txn-1/20261122T100000Z/1000000'],
  ['idnow:c:a%2Fb', 1, 'evidence/idnow/idnow!c!a!!2Fb/20261122T100000Z/000001'],
  ['idnow:c:..', 1, 'evidence/idnow/idnow!c!../20261122T100000Z/000001'],
])(
  'the folder of a job is named after the escaped verification id, the generation and the padded sequence: %s, %i, %s',
  (id, sequence, folder) => {
    expect(buildEvidenceFolder(job(id, sequence))).toBe(folder);
  },
);

/** Random names of few different characters, so that ids are often similar. */
const name = fc.string({ unit: fc.constantFrom(...':%!/. a235AF'), minLength: 1, maxLength: 5 });
const idents = fc.record({ companyId: name, transactionNumber: name });

test('a folder contains only characters that are safe in S3 keys, whatever the names', () => {
  const anything = fc.string({ unit: 'grapheme', minLength: 1 });
  fc.assert(
    fc.property(fc.oneof(name, anything), fc.oneof(name, anything), (companyId, transactionNumber) => {
      const folder = buildEvidenceFolder(job(idnowVerificationId({ companyId, transactionNumber })));
      return /^evidence\/idnow\/[A-Za-z0-9!\-_.~]+\/20261122T100000Z\/000003$/.test(folder);
    }),
  );
});

test('two verifications never share a folder', () => {
  fc.assert(
    fc.property(idents, idents, (one, other) => {
      const [a, b] = [idnowVerificationId(one), idnowVerificationId(other)];
      return (buildEvidenceFolder(job(a)) === buildEvidenceFolder(job(b))) === (a === b);
    }),
    { numRuns: 5000 },
  );
});

test('two generations of a verification never share a folder, even if their sequences are equal', () => {
  const id = 'idnow:democompany:txn-1';

  expect(buildEvidenceFolder(job(id, 3, '20261122T100001Z'))).not.toBe(buildEvidenceFolder(job(id, 3)));
});
