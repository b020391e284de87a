import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import { testGeneration } from '../../support/make-event.ts';

/** The job that a SUCCESS of 10:09 requests at 10:10. */
export const archiveJob: EvidenceJob = {
  purpose: 'archive',
  provider: 'idnow',
  verificationId: 'idnow:democompany:txn-1',
  reference: 'txn-1',
  generation: testGeneration,
  sequence: 3,
  providerStatus: 'SUCCESS',
  occurredAt: '2026-11-22T10:09:00Z',
  requestedAt: '2026-11-22T10:10:00Z',
  notBefore: null,
  onNothing: { kind: 'keep' },
};
