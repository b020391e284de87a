import type { QuarantineReason } from '../../contract/reading.ts';
import type { EventType } from '../../contract/verification-event.ts';
import type { DuplicateReason, StaleReason } from '../../ordering/decision.ts';

/** Explains the rule behind each decision, in words for people who do not know the code. */
export const decisionSentences: Readonly<Record<DuplicateReason | StaleReason | QuarantineReason, string>> = {
  seen: 'This attempt already has a delivery with the same meaning, so this one changes nothing.',
  'same-meaning': 'It says what the case already says, so it changes nothing.',
  'after-final': 'The case is final. Only another final result can replace a final result.',
  'older-final': 'It is final, but older or of a lower rank than the final result that we know.',
  'previous-attempt': 'It belongs to an earlier attempt of the user.',
  'out-of-order': 'A later step of the case is known already.',
  'nothing-to-revise': 'It may only replace a final result of the same rank, and the case has none.',
  erased: 'The case is erased, so nothing of the delivery is stored.',
  'not-json': 'The body is not JSON, so nobody can tell what it says. The raw body is kept.',
  'unknown-shape': 'The body has a shape that this version does not know. The raw body is kept.',
  unidentified: 'The body does not name its case. The raw body is kept.',
  'unknown-status':
    'The provider status is unknown to this version, and we never guess. The raw body is kept.',
  'unreadable-time': 'A time in the body cannot be read, and the order depends on it. The raw body is kept.',
  'too-large': 'The body is larger than 1 MiB. The raw body is kept.',
};

/** Explains what each type of event says about its case. */
const eventSentences: Readonly<Record<EventType, string>> = {
  'idv.verification.started.v1': 'The user has started.',
  'idv.verification.progressed.v1': 'The user has completed a step.',
  'idv.verification.updated.v1': 'The case is further along, or is looked up again.',
  'idv.verification.decided.v1': 'The provider has decided the case: its result is final.',
  'idv.verification.ended.v1': 'The attempt has ended without a result. The user may try again.',
  'idv.verification.revised.v1': 'The provider has replaced its final result.',
  'idv.verification.overdue.v1': 'Nothing came for too long, and the last lookup found no result.',
  'idv.verification.erased.v1': 'An operator has erased the case: nothing of the person is left.',
  'idv.evidence.archived.v1': 'The evidence is in the archive.',
  'idv.evidence.failed.v1': 'The evidence could not be archived.',
};

/** Explains a decision of the history. */
export function explainDecision(decision: string, reason: string | null, type: EventType | null): string {
  if (decision === 'accepted') return type === null ? 'It was accepted.' : eventSentences[type];
  const sentence = Object.entries(decisionSentences).find(([known]) => known === reason)?.[1];
  return sentence ?? `The reason ${reason ?? 'unknown'} is unknown to this version.`;
}
