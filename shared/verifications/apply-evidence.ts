import { checkIdentity } from '../contract/conclude-findings.ts';
import type { EffectOfJobWithoutOutcome } from '../contract/evidence-job.ts';
import type { Check, Findings } from '../contract/identity.ts';
import type { Finality, Outcome, Reason } from '../contract/state.ts';
import { evolveAfterJob } from '../ordering/evolve.ts';
import type { Known } from '../ordering/known.ts';
import { findLastArchivedEvidence, markArchiveFinished } from '../scheduling/archives.ts';
import { isErased } from './apply-erasure.ts';
import { listChangedMembers } from './changed-members.ts';
import { type ArchiveOfJob, computeEvidenceAfterJob, type EvidenceOfJob } from './evidence-after.ts';
import { keepProviderData, withholdStoredClaims } from './findings-after.ts';
import { type ListLimit, truncateList } from './limits/truncate-list.ts';
import { truncateReasons } from './limits/truncate-reasons.ts';
import type { StoredFindings } from './stored-findings.ts';
import { forgetConfirmedWrites } from './unconfirmed-writes.ts';
import type { Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/** The end of an evidence job, and the data that the job read from the evidence. */
export interface JobEnd extends EvidenceOfJob {
  readonly verificationId: string;
  /** The generation of the row that requested the job. */
  readonly generation: string;
  /** The caller's own id of the case, if the evidence contains it. */
  readonly reference: string | null;
  /** The reasons for the result, if the evidence contains them. */
  readonly reasons?: readonly Reason[];
  /** The outcome that the evidence contains; null if it contains none. `reasons` and `findings` belong to it. */
  readonly outcome?: Outcome | null;
  /** The finality of the state in the evidence; null if the evidence contains no state. */
  readonly finality?: Finality | null;
  /** The effect on the verification if the job ends without an outcome from the provider. */
  readonly onNothing: EffectOfJobWithoutOutcome;
  /** The complete findings of the provider; null if the evidence contains none. */
  readonly findings: Findings | null;
  /** The checks that reading the archived files gave. They are added to the findings. */
  readonly checks?: readonly Check[];
  /** ISO 8601 instant. */
  readonly recordedAt: string;
  readonly writeId: string;
}

/**
 * Computes the write that records the end of a job. This function is pure.
 *
 * @returns null if the end is already known (see `markArchiveFinished`), or if the case is erased
 */
export function applyJobEnd(known: Verification, result: JobEnd): VerificationWrite | null {
  const { kind, onNothing, generation, requestedBy, recordedAt: at } = result;
  if (isErased(known)) return null;
  const schedule = markArchiveFinished(known.schedule, { requestedBy, kind, onNothing, at });
  if (schedule === null) return null;

  const evidence = computeEvidenceAfterJob(
    known.evidence,
    { ...result, archive: withinLimits(result.archive) },
    findLastArchivedEvidence(known.schedule),
  );
  const isArchiveComplete = evidence.status !== 'pending' && evidence.manifest !== null;
  const findings = findingsAfter(known, result);
  const verification: Verification = {
    ...forgetConfirmedWrites(known, { generation, sequence: requestedBy }, at),
    reference: known.hasReferenceConflict ? null : (known.reference ?? result.reference),
    ...reasonsAfter(known, result),
    findings: isArchiveComplete ? checkStoredIdentity(findings, known.outcome) : findings,
    evidence,
    sequence: known.sequence + 1,
    receivedAt: at,
    version: result.writeId,
    ordering: orderingAfter(known, result),
    schedule,
  };
  return {
    verification,
    outbox: {
      event: {
        type: kind === 'archived' ? 'idv.evidence.archived.v1' : 'idv.evidence.failed.v1',
        occurredAt: null,
        supersedes: null,
        changed: listChangedMembers(known, verification),
      },
      jobs: [],
      delivery: null,
    },
  };
}

/**
 * Returns the findings after a job: those of the evidence, with the checks that reading the archived files gave.
 *
 * ```
 * evidence                                      findings afterwards
 * -------------------------------------------   ----------------------------------------------------
 * older than the findings                       as before
 * with another outcome than the verification    as before: the evidence describes another result
 * provisional, and the verification is final    as before, with the checks of the archived files
 * without an outcome                            those of the evidence; claims stay, as nothing denies them
 * otherwise                                     those of the evidence
 * ```
 */
function findingsAfter(known: Verification, result: JobEnd): StoredFindings {
  const { requestedBy, findings, outcome = null, finality = null, checks = [] } = result;
  const before = known.findings;
  const isOfOtherResult = outcome !== null && outcome !== known.outcome;
  if (requestedBy < before.asOf || isOfOtherResult) return before;
  const isOfOpenCase = known.finality === 'final' && finality === 'provisional';
  const current =
    findings === null || isOfOpenCase ? before : replaceFindings(before, requestedBy, findings, outcome);
  if (checks.length === 0) return withholdStoredClaims(current, known.outcome);
  const names = new Set(checks.map(({ name }) => name));
  const others = current.inline.checks.filter(({ name }) => !names.has(name));
  const inline = { ...current.inline, checks: [...others, ...checks] };
  return withholdStoredClaims({ ...current, inline }, known.outcome);
}

/**
 * Adds the failed check `identity_read` if the case is approved but names nobody. The reader of the evidence cannot know
 * this if the evidence has no outcome, because another statement approved the case. Findings in the bucket have the check
 * already.
 */
function checkStoredIdentity(stored: StoredFindings, outcome: Outcome | null): StoredFindings {
  if (outcome !== 'approved' || stored.object !== null) return stored;
  return { ...stored, inline: checkIdentity(stored.inline) };
}

function replaceFindings(
  before: StoredFindings,
  asOf: number,
  findings: Findings,
  outcome: Outcome | null,
): StoredFindings {
  const deniesNoClaims = outcome === null && Object.keys(findings.claims).length === 0;
  // Claims in the bucket cannot be merged, so the findings in the bucket stay.
  if (deniesNoClaims && before.object?.isVerified) return before;
  const all = keepProviderData(before, findings);
  const inline = deniesNoClaims ? { ...all, claims: before.inline.claims } : all;
  return { asOf, inline, object: null };
}

/**
 * The limit for artifacts in an event: ten times the number in a real case. The limit is necessary, because the event
 * must fit into the verification's row and into an SQS message. The manifest in the bucket lists all artifacts.
 */
const maxArtifacts: ListLimit = { count: 200, bytes: 120 * 1024 };
const maxMissing: ListLimit = { count: 200, bytes: 40 * 1024 };

function withinLimits(archive: ArchiveOfJob): ArchiveOfJob {
  const artifacts = truncateList(archive.artifacts, maxArtifacts);
  const missing = truncateList(archive.missing, maxMissing);
  const omitted = { artifacts: artifacts.omitted, missing: missing.omitted };
  const isCut = omitted.artifacts + omitted.missing > 0;
  return { ...archive, artifacts: artifacts.kept, missing: missing.kept, ...(isCut ? { omitted } : {}) };
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
