import type { Outcome } from '../contract/state.ts';
import { eventSchemaId, type VerificationEvent } from '../contract/verification-event.ts';
import { withholdClaims } from '../contract/withhold-claims.ts';
import { buildFindingsKey } from './object-keys.ts';
import type { EventOfWrite } from './outbox.ts';
import type { FindingsObject } from './stored-findings.ts';
import type { Verification, VerificationAfterWrite } from './verification.ts';

/** Returns the id of an event. @example 'idnow:democompany:txn-1#20261122T101000Z.3' */
export function buildEventId({
  verificationId,
  generation,
  sequence,
}: Pick<Verification, 'verificationId' | 'generation' | 'sequence'>): string {
  return `${verificationId}#${generation}.${sequence}`;
}

/**
 * Builds the CloudEvent of a write. The event contains the whole verification. If its findings are in the bucket, the event
 * refers to them with `dataref` (CloudEvents claim check).
 *
 * @param verification the verification after the write
 */
export function buildEvent(verification: VerificationAfterWrite, event: EventOfWrite): VerificationEvent {
  const { verificationId, generation, sequence, findings } = verification;
  const { phase, outcome, finality, flags, reasons, reasonsOmitted, providerStatus } = verification;
  return {
    specversion: '1.0',
    id: buildEventId(verification),
    source: verification.source,
    type: event.type,
    subject: verificationId,
    time: event.occurredAt ?? verification.receivedAt,
    sequence: String(sequence),
    sequencetype: 'Integer',
    datacontenttype: 'application/json',
    dataschema: eventSchemaId,
    ...(findings.object === null ? {} : { dataref: buildDataref(findings.object, outcome) }),
    data: {
      provider: verification.provider,
      verificationId,
      reference: verification.reference,
      generation,
      sequence,
      attempt: verification.ordering.attempt,
      phase,
      outcome,
      finality,
      flags,
      reasons,
      ...(reasonsOmitted === undefined ? {} : { reasonsOmitted }),
      providerStatus,
      occurredAt: event.occurredAt,
      receivedAt: verification.receivedAt,
      // No row can publish claims of a case that is not approved, whoever wrote it.
      ...withholdClaims(findings.inline, outcome),
      evidence: verification.evidence,
      supersedes: event.supersedes,
      changed: event.changed,
    },
  };
}

/** Returns the URL of findings. As with claims in the event, only an approved case refers to the object with claims. */
function buildDataref({ bucket, folder, isVerified }: FindingsObject, outcome: Outcome | null): string {
  const key = buildFindingsKey({ folder, isVerified: isVerified && outcome === 'approved' });
  return `s3://${bucket}/${key}`;
}
