import type { EffectOfJobWithoutOutcome } from '../contract/evidence-job.ts';
import type { Findings } from '../contract/identity.ts';
import type { Outcome, Reason } from '../contract/state.ts';
import type { EvidenceNotice } from '../contract/verification-event.ts';
import { evolveAfterJob } from '../ordering/evolve.ts';
import type { Known } from '../ordering/known.ts';
import { markArchiveFinished } from '../scheduling/archives.ts';
import { buildEvent } from './build-event.ts';
import { type ListLimit, truncateList } from './limits/truncate-list.ts';
import { truncateReasons } from './limits/truncate-reasons.ts';
import type { Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/** The end of an evidence job, and the data that the job read from the evidence. */
export interface JobEnd {
  readonly verificationId: string;
  readonly kind: 'archived' | 'failed';
  /** The caller's own id of the case, if the evidence contains it. */
  readonly reference: string | null;
  /** The reasons for the result, if the evidence contains them. */
  readonly reasons?: readonly Reason[];
  /** The outcome that the evidence contains. `reasons` explain this outcome. */
  readonly outcome?: Outcome | null;
  readonly notice: EvidenceNotice;
  /** The effect on the verification if the job ends without an outcome from the provider. */
  readonly onNothing: EffectOfJobWithoutOutcome;
  /** The findings of the provider. The event contains `claims` only if the verification is approved. */
  readonly findings: Findings;
  /** ISO 8601 instant. */
  readonly recordedAt: string;
  readonly writeId: string;
}

/**
 * Computes the write that records the end of a job. This function is pure.
 *
 * @returns null if the end is already known (see `markArchiveFinished`)
 */
export function applyJobEnd(known: Verification, result: JobEnd): VerificationWrite | null {
  const { kind, onNothing, recordedAt: at } = result;
  const { requestedBy } = result.notice;
  const schedule = markArchiveFinished(known.schedule, { requestedBy, kind, onNothing, at });
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
    evidence: withinLimits(result.notice),
    supersedes: null,
  });
  return {
    verification,
    outbox: { writeId: result.writeId, events: [JSON.stringify(event)], jobs: [], delivery: null },
  };
}

/**
 * The limit for artifacts in an event: ten times the number in a real case. The limit is necessary, because the event
 * must fit into the verification's row and into an SQS message. The manifest in the bucket lists all artifacts.
 */
const maxArtifacts: ListLimit = { count: 200, bytes: 120 * 1024 };
const maxMissing: ListLimit = { count: 200, bytes: 40 * 1024 };

function withinLimits(notice: EvidenceNotice): EvidenceNotice {
  const artifacts = truncateList(notice.artifacts, maxArtifacts);
  const missing = truncateList(notice.missing, maxMissing);
  const omitted = { artifacts: artifacts.omitted, missing: missing.omitted };
  const isCut = omitted.artifacts + omitted.missing > 0;
  return { ...notice, artifacts: artifacts.kept, missing: missing.kept, ...(isCut ? { omitted } : {}) };
}

/** Adds the reasons in the evidence to the verification's reasons, if the state is final and the outcomes are equal. */
function reasonsAfter(known: Verification, { reasons = [], outcome = null }: JobEnd) {
  const isSameResult = known.finality === 'final' && outcome === known.outcome;
  const codes = new Set(known.reasons.map(({ providerCode }) => providerCode));
  const more = reasons.filter(({ providerCode }) => !codes.has(providerCode));
  const limited = truncateReasons(isSameResult ? [...known.reasons, ...more] : known.reasons);
  // Take the larger of the two counts of omitted reasons, not their sum: most reasons in the evidence are reasons that
  // the state already omits.
  const omitted = Math.max(known.reasonsOmitted ?? 0, limited.reasonsOmitted ?? 0);
  return omitted === 0 ? limited : { ...limited, reasonsOmitted: omitted };
}

function orderingAfter({ ordering }: Verification, { kind, onNothing }: JobEnd): Known {
  return onNothing.kind === 'keep' ? ordering : evolveAfterJob(ordering, kind, onNothing.fingerprint);
}
