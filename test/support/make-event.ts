import { emptyFindings } from '../../shared/contract/identity.ts';
import { eventSchemaId, type VerificationEvent } from '../../shared/contract/verification-event.ts';

/** The generation of all events and rows that tests make. */
export const testGeneration = '20261122T100000Z';

/** Makes a valid event with this subject and sequence. `data` replaces members of the event's data. */
export function makeEvent(
  subject: string,
  sequence: number,
  data: Partial<VerificationEvent['data']> = {},
): VerificationEvent {
  const receivedAt = '2026-11-22T10:15:00Z';
  return {
    specversion: '1.0',
    id: `${subject}#${testGeneration}.${sequence}`,
    source: '/providers/idnow/democompany',
    type: 'idv.verification.updated.v1',
    subject,
    time: receivedAt,
    sequence: String(sequence),
    sequencetype: 'Integer',
    datacontenttype: 'application/json',
    dataschema: eventSchemaId,
    data: {
      provider: 'idnow',
      verificationId: subject,
      reference: null,
      generation: testGeneration,
      sequence,
      attempt: 1,
      phase: 'in_review',
      outcome: null,
      finality: 'provisional',
      flags: [],
      reasons: [],
      providerStatus: 'CHECK_PENDING',
      occurredAt: null,
      receivedAt,
      ...emptyFindings,
      evidence: null,
      supersedes: null,
      changed: [],
      ...data,
    },
  };
}
