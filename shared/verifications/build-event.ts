import type { Findings } from '../contract/identity.ts';
import {
  dataSchema,
  type EventType,
  type EvidenceNotice,
  type VerificationEvent,
} from '../contract/verification-event.ts';
import type { Verification } from './verification.ts';

interface EventContent {
  readonly type: EventType;
  /** The verification as it is after this event: its `sequence` is the event's. */
  readonly verification: Verification;
  /** The provider's time of what happened; null where it gives none. ISO 8601 instant. */
  readonly occurredAt: string | null;
  /** When we learned of it. ISO 8601 instant. */
  readonly receivedAt: string;
  readonly findings: Findings;
  readonly evidence: EvidenceNotice | null;
  readonly supersedes: string | null;
}

/** `idnow:democompany:txn-1#3` */
export function eventId(verificationId: string, sequence: number): string {
  return `${verificationId}#${sequence}`;
}

/** Builds the CloudEvent that tells consumers of a change, with all of its findings: see `fit-write.ts`. */
export function buildEvent(content: EventContent): VerificationEvent {
  const { verification, findings } = content;
  const { phase, outcome, finality, flags, reasons, reasonsOmitted, providerStatus } = verification;
  return {
    specversion: '1.0',
    id: eventId(verification.verificationId, verification.sequence),
    source: verification.source,
    type: content.type,
    subject: verification.verificationId,
    time: content.occurredAt ?? content.receivedAt,
    sequence: String(verification.sequence),
    sequencetype: 'Integer',
    datacontenttype: 'application/json',
    dataschema: dataSchema,
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
