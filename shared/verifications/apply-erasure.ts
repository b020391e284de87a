import { formatGeneration } from '../contract/generation.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Known } from '../ordering/known.ts';
import { emptyJobSchedule } from '../scheduling/schedule.ts';
import { listChangedMembers } from './changed-members.ts';
import { noFindings } from './findings-after.ts';
import type { Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/** The erasure of a case. */
export interface Erasure {
  readonly verificationId: string;
  readonly provider: ProviderName;
  /** ISO 8601 instant. */
  readonly erasedAt: string;
  readonly writeId: string;
}

/** Checks whether a row is the tombstone of an erased case. */
export function isErased({ ordering }: Pick<Verification, 'ordering'>): boolean {
  return ordering.progress === 'erased';
}

const erasedOrdering: Known = {
  progress: 'erased',
  result: { outcome: null, flags: [] },
  rank: 0,
  occurredAt: null,
  attempt: 1,
  earlierUntil: null,
  seen: [],
  digest: null,
  lastStatement: null,
  lookup: null,
};

/**
 * Computes the write that replaces a verification by its tombstone: a row without personal data, which keeps the id, the
 * generation and the sequence. So its event `erased` follows the earlier events, and later deliveries find the row and are
 * dropped. The row counts as written at the erasure, so it expires after the full retention. This function is pure.
 *
 * @param known null if the case has no row, because its deliveries were only quarantined
 */
export function applyErasure(known: Verification | null, erasure: Erasure): VerificationWrite {
  const { verificationId, provider, writeId } = erasure;
  const erasedAt = laterOf(erasure.erasedAt, known?.receivedAt);
  const verification: Verification = {
    phase: 'completed',
    outcome: null,
    finality: 'final',
    flags: [],
    reasons: [],
    providerStatus: '',
    verificationId,
    provider,
    source: known?.source ?? `/providers/${provider}`,
    reference: null,
    hasReferenceConflict: false,
    findings: noFindings,
    evidence: null,
    ordering: erasedOrdering,
    generation: known?.generation ?? formatGeneration(erasedAt),
    sequence: (known?.sequence ?? 0) + 1,
    receivedAt: erasedAt,
    version: writeId,
    final: null,
    schedule: emptyJobSchedule,
    nextLookupAt: null,
  };
  return {
    verification,
    outbox: {
      event: {
        type: 'idv.verification.erased.v1',
        occurredAt: null,
        supersedes: null,
        changed: listChangedMembers(known, verification),
      },
      jobs: [],
      delivery: null,
    },
  };
}

/** The clock of the operator's computer may be behind that of the receivers. */
function laterOf(erasedAt: string, receivedAt: string | undefined): string {
  return receivedAt !== undefined && Date.parse(receivedAt) > Date.parse(erasedAt) ? receivedAt : erasedAt;
}
