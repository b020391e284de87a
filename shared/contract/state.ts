import * as z from 'zod/mini';

/**
 * The phase of a case: how far it is. Phase, outcome, finality and flags are independent fields, because no single list
 * of statuses fits three providers. `providers/<name>/statuses.ts` maps each provider status to these fields.
 */
export const Phase = z.enum(['created', 'in_progress', 'submitted', 'in_review', 'completed']);
export type Phase = z.infer<typeof Phase>;

/** How a completed case ended. The outcome is null until `phase` is `completed`. */
export const Outcome = z.enum(['approved', 'declined', 'abandoned', 'canceled', 'expired', 'error']);
export type Outcome = z.infer<typeof Outcome>;

/** After a `provisional` state, any state may follow. After a `final` state, only a revision may follow. */
export const Finality = z.enum(['provisional', 'final']);
export type Finality = z.infer<typeof Finality>;

/** A fact about the case that is independent of its outcome. */
export const Flag = z.enum(['data_changed', 'fraud_suspected', 'fraud_confirmed', 'retry_allowed']);
export type Flag = z.infer<typeof Flag>;

/**
 * The category of a reason, under our names. `fraud` is a fraud of a kind that the provider does not name. `other` is a
 * problem of a kind that the provider does not name, or a provider's code that we do not know. A reason with an unknown
 * code also has the `code` `other`, and a metric counts it.
 */
export const ReasonCategory = z.enum([
  'document_quality',
  'document_unsupported',
  'document_expired',
  'document_damaged',
  'document_missing',
  'document_fraud',
  'security_features',
  'data_mismatch',
  'face_quality',
  'face_mismatch',
  'liveness',
  'underage',
  'user_declined',
  'user_abandoned',
  'social_engineering',
  'identity_theft',
  'fraud',
  'signing',
  'contact',
  'timeout',
  'technical',
  'other',
]);
export type ReasonCategory = z.infer<typeof ReasonCategory>;

/**
 * A reason why a verification has its state. `code` is our code (lower snake case). `providerCode` is the provider's
 * code, unchanged.
 */
export const Reason = z.object({ code: z.string(), category: ReasonCategory, providerCode: z.string() });
export type Reason = z.infer<typeof Reason>;

/** Counts the reasons whose provider's code we do not know. Only these reasons have the code `other`. */
export const countUnknownReasons = (reasons: readonly Reason[]): number =>
  reasons.filter(({ code }) => code === 'other').length;

/** The state of a verification in our model. */
export const VerificationState = z.object({
  phase: Phase,
  outcome: z.nullable(Outcome),
  finality: Finality,
  flags: z.array(Flag),
  reasons: z.array(Reason),
  /** The provider's own status, unchanged. */
  providerStatus: z.string(),
});
export type VerificationState = z.infer<typeof VerificationState>;

/** Returns the six fields of a state from an object with more fields, such as a transition. */
export function pickVerificationState({
  phase,
  outcome,
  finality,
  flags,
  reasons,
  providerStatus,
}: VerificationState): VerificationState {
  return { phase, outcome, finality, flags, reasons, providerStatus };
}

/**
 * A row of a provider's status table: the state of a case with this provider status. `rank` says how far along the case
 * is: a higher rank is later. It orders transitions that carry no time (see `ordering/decide.ts`).
 */
export interface StateForProviderStatus {
  readonly phase: Phase;
  readonly outcome: Outcome | null;
  readonly finality: Finality;
  readonly flags: readonly Flag[];
  readonly rank: number;
}
