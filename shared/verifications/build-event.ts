import type { Findings } from '../contract/identity.ts';
import {
  type EventType,
  type EvidenceNotice,
  eventSchemaId,
  type VerificationEvent,
} from '../contract/verification-event.ts';
import type { Verification } from './verification.ts';

interface EventContent {
  readonly type: EventType;
  /** The verification after the event. Its `sequence` is the sequence of the event. */
  readonly verification: Verification;
  /** The provider's time of the change, as an ISO 8601 instant; null if the provider gives no time. */
  readonly occurredAt: string | null;
  /** The time when we received the change, as an ISO 8601 instant. */
  readonly receivedAt: string;
  readonly findings: Findings;
  readonly evidence: EvidenceNotice | null;
  /** The id of the final event that this event replaces. */
  readonly supersedes: string | null;
}

/** Returns the id of an event. @example 'idnow:democompany:txn-1#3' */
export function buildEventId(verificationId: string, sequence: number): string {
  return `${verificationId}#${sequence}`;
}

/**
 * Builds the CloudEvent about a change, with all findings. `fit-write-to-limits.ts` moves large findings to the bucket
 * later.
 */
export function buildEvent(content: EventContent): VerificationEvent {
  const { verification, findings } = content;
  const { phase, outcome, finality, flags, reasons, reasonsOmitted, providerStatus } = verification;
  return {
    specversion: '1.0',
    id: buildEventId(verification.verificationId, verification.sequence),
    source: verification.source,
    type: content.type,
    subject: verification.verificationId,
    time: content.occurredAt ?? content.receivedAt,
    sequence: String(verification.sequence),
    sequencetype: 'Integer',
    datacontenttype: 'application/json',
    dataschema: eventSchemaId,
    data: {
      provider: verification.provider,
      verificationId: verification.verificationId,
      reference: verification.reference,
      sequence: verification.sequence,
      attempt: verification.ordering.attempt,
      phase,
      outcome,
      finality,
      flags,
      reasons,
      ...(reasonsOmitted === undefined ? {} : { reasonsOmitted }),
      providerStatus,
      occurredAt: content.occurredAt,
      receivedAt: content.receivedAt,
      ...findings,
      evidence: content.evidence,
      supersedes: content.supersedes,
    },
  };
}
