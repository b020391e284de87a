import type { JobEnd } from '../../shared/verifications/apply-evidence.ts';

/** The end of a job that the first event has requested: its evidence is archived and adds no findings. */
export const archivedJobEnd: JobEnd = {
  verificationId: 'idnow:democompany:txn-1',
  generation: '20261122T120000Z',
  kind: 'archived',
  requestedBy: 1,
  reference: null,
  archive: { bucket: 'b', manifest: 'm', manifestSha256: 's', artifacts: [], missing: [] },
  reason: null,
  onNothing: { kind: 'keep' },
  findings: null,
  recordedAt: '2026-11-22T13:00:00Z',
  writeId: 'the job',
};
