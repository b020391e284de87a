import { expect, test } from 'vitest';
import { EvidenceJob } from '../../shared/contract/evidence-job.ts';

test('a job without optional fields archives evidence at once, and changes no state if it finds no result', () => {
  const job = {
    provider: 'idnow',
    verificationId: 'idnow:democompany:txn-1',
    reference: 'TXN-1',
    generation: '20261122T101000Z',
    sequence: 1,
    providerStatus: 'SUCCESS',
    requestedAt: '2026-11-22T10:15:00Z',
  };
  expect(EvidenceJob.parse(job)).toEqual({
    ...job,
    purpose: 'archive',
    notBefore: null,
    occurredAt: null,
    onNothing: { kind: 'keep' },
  });
});
