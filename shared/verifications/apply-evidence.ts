import type { OnNothing } from '../contract/evidence-job.ts';
import type { Outcome, Reason } from '../contract/state.ts';
import type { EvidenceNotice } from '../contract/verification-event.ts';
import { evolveAfterJob } from '../ordering/evolve.ts';
import type { Known } from '../ordering/known.ts';
import { buildEvent } from './build-event.ts';
import type { StoredFindings } from './findings-store.ts';
import { newest } from './seen.ts';
import type { Verification } from './verification.ts';
import type { Write } from './write.ts';

export interface EvidenceResult {
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
  /** By the outcome of the verification: `claims` are verified in an approved one only. */
  readonly findings: { readonly approved: StoredFindings; readonly other: StoredFindings };
  /** ISO 8601 instant. */
  readonly recordedAt: string;
  readonly writeId: string;
}

/**
 * Says what to write when a job's evidence has been archived or given up; null where that is known
 * already. A failed job may still succeed (it was sent again); an archive never un-happens. Pure.
 */
export function applyEvidence(known: Verification, result: EvidenceResult): Write | null {
  const requestedBy = String(result.notice.requestedBy);
  const before = known.evidence[requestedBy];
  if (before === 'archived' || before === result.kind) return null;

  const verification: Verification = {
    ...known,
    reference: known.reference ?? result.reference,
    reasons: reasonsAfter(known, result),
    sequence: known.sequence + 1,
    version: known.version + 1,
    ordering: orderingAfter(known, result),
    evidence: newest({ ...known.evidence, [requestedBy]: result.kind }),
  };
  const event = buildEvent({
    type: result.kind === 'archived' ? 'idv.evidence.archived.v1' : 'idv.evidence.failed.v1',
    verification,
    occurredAt: null,
    receivedAt: result.recordedAt,
    findings: known.outcome === 'approved' ? result.findings.approved : result.findings.other,
    evidence: listed(result.notice),
    supersedes: null,
  });
  return {
    verification,
    outbox: { writeId: result.writeId, events: [JSON.stringify(event)], jobs: [], delivery: null },
  };
}

/** Ten times what a case has: the event must fit its row. The manifest lists all of them. */
const maxListed = 200;

function listed({ artifacts, missing, ...notice }: EvidenceNotice): EvidenceNotice {
  return { ...notice, artifacts: artifacts.slice(0, maxListed), missing: missing.slice(0, maxListed) };
}

/** Those of the evidence come to those of a final state with the same outcome. */
function reasonsAfter(known: Verification, { reasons = [], outcome = null }: EvidenceResult): Reason[] {
  const stands = known.finality === 'final' && outcome === known.outcome;
  const codes = new Set(known.reasons.map(({ providerCode }) => providerCode));
  const more = reasons.filter(({ providerCode }) => !codes.has(providerCode));
  return stands ? [...known.reasons, ...more] : known.reasons;
}

function orderingAfter({ ordering }: Verification, { kind, onNothing }: EvidenceResult): Known {
  return onNothing.kind === 'keep' ? ordering : evolveAfterJob(ordering, kind, onNothing.fingerprint);
}
