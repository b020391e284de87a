import type { OnNothing } from '../contract/evidence-job.ts';
import type { Findings } from '../contract/identity.ts';
import type { Outcome, Reason } from '../contract/state.ts';
import type { EvidenceNotice } from '../contract/verification-event.ts';
import { evolveAfterJob } from '../ordering/evolve.ts';
import type { Known } from '../ordering/known.ts';
import { finishArchive } from '../scheduling/archives.ts';
import { buildEvent } from './build-event.ts';
import { type Bound, boundList } from './limits/bound-list.ts';
import { boundReasons } from './limits/bound-reasons.ts';
import type { Verification } from './verification.ts';
import type { Write } from './write.ts';

export interface JobEnd {
  readonly verificationId: string;
  readonly kind: 'archived' | 'failed';
  /** The caller's own id, where the evidence names it. */
  readonly reference: string | null;
  /** Why the result is what it is, where the evidence tells. */
  readonly reasons?: readonly Reason[];
  /** The outcome that `reasons` are of. */
  readonly outcome?: Outcome | null;
  readonly notice: EvidenceNotice;
  /** What follows if the job finds nothing. */
  readonly onNothing: OnNothing;
  /** `claims` are verified, and told, in an approved verification only. */
  readonly findings: Findings;
  /** ISO 8601 instant. */
  readonly recordedAt: string;
  readonly writeId: string;
}

/**
 * Says what to write when a job has ended; null if that is known already (see `finishArchive`). Pure.
 */
export function applyEvidence(known: Verification, result: JobEnd): Write | null {
  const { kind, onNothing, recordedAt: at } = result;
  const { requestedBy } = result.notice;
  const schedule = finishArchive(known.schedule, { requestedBy, kind, onNothing, at });
  if (schedule === null) return null;

  const verification: Verification = {
    ...known,
    reference: known.reference ?? result.reference,
    ...reasonsAfter(known, result),
    sequence: known.sequence + 1,
    version: known.version + 1,
    ordering: orderingAfter(known, result),
    schedule,
  };
  const event = buildEvent({
    type: result.kind === 'archived' ? 'idv.evidence.archived.v1' : 'idv.evidence.failed.v1',
    verification,
    occurredAt: null,
    receivedAt: result.recordedAt,
    findings: known.outcome === 'approved' ? result.findings : { ...result.findings, claims: {} },
    evidence: listed(result.notice),
    supersedes: null,
  });
  return {
    verification,
    outbox: { writeId: result.writeId, events: [JSON.stringify(event)], jobs: [], delivery: null },
  };
}

/** Ten times what a case has: the event must fit its row and its message. The manifest lists all of them. */
const maxArtifacts: Bound = { count: 200, bytes: 120 * 1024 };
const maxMissing: Bound = { count: 200, bytes: 40 * 1024 };

function listed(notice: EvidenceNotice): EvidenceNotice {
  const artifacts = boundList(notice.artifacts, maxArtifacts);
  const missing = boundList(notice.missing, maxMissing);
  const omitted = { artifacts: artifacts.omitted, missing: missing.omitted };
  const isCut = omitted.artifacts + omitted.missing > 0;
  return { ...notice, artifacts: artifacts.kept, missing: missing.kept, ...(isCut ? { omitted } : {}) };
}

/** Those of the evidence come to those of a final state with the same outcome. */
function reasonsAfter(known: Verification, { reasons = [], outcome = null }: JobEnd) {
  const stands = known.finality === 'final' && outcome === known.outcome;
  const codes = new Set(known.reasons.map(({ providerCode }) => providerCode));
  const more = reasons.filter(({ providerCode }) => !codes.has(providerCode));
  const bounded = boundReasons(stands ? [...known.reasons, ...more] : known.reasons);
  // Not the sum: the evidence mostly repeats what the state was cut of.
  const omitted = Math.max(known.reasonsOmitted ?? 0, bounded.reasonsOmitted ?? 0);
  return omitted === 0 ? bounded : { ...bounded, reasonsOmitted: omitted };
}

function orderingAfter({ ordering }: Verification, { kind, onNothing }: JobEnd): Known {
  return onNothing.kind === 'keep' ? ordering : evolveAfterJob(ordering, kind, onNothing.fingerprint);
}
