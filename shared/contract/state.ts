import * as z from 'zod';

/**
 * The state of a verification, as independent fields: a single status enum never holds up against three
 * providers. Every provider status maps to one row of these (see `providers/<name>/statuses.ts`).
 */
export const Phase = z.enum(['created', 'in_progress', 'submitted', 'in_review', 'completed']);
export type Phase = z.infer<typeof Phase>;

/** Null until `phase` is `completed`. */
export const Outcome = z.enum(['approved', 'declined', 'abandoned', 'canceled', 'expired', 'error']);
export type Outcome = z.infer<typeof Outcome>;

/** `provisional` may still be followed by anything; `final` only by a revision. */
export const Finality = z.enum(['provisional', 'final']);
export type Finality = z.infer<typeof Finality>;

export const Flag = z.enum(['data_changed', 'fraud_suspected', 'fraud_confirmed', 'retry_allowed']);
export type Flag = z.infer<typeof Flag>;

/**
 * What kind of thing went wrong, in our words. `fraud` is fraud whose kind the provider does not name; `other`
 * likewise, and also a code that we do not know (then `code` is `other` too, and it is counted).
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

/** `code` is ours (lower snake case), `providerCode` the provider's own, untouched. */
export const Reason = z.object({ code: z.string(), category: ReasonCategory, providerCode: z.string() });
export type Reason = z.infer<typeof Reason>;

/** How many of them are of a provider's code that we do not know: no known one has the code `other`. */
export const countUnknown = (reasons: readonly Reason[]): number =>
  reasons.filter(({ code }) => code === 'other').length;

export const State = z.object({
  phase: Phase,
  outcome: Outcome.nullable(),
  finality: Finality,
  flags: z.array(Flag),
  reasons: z.array(Reason),
  /** The provider's own word, untouched. */
  providerStatus: z.string(),
});
export type State = z.infer<typeof State>;

/** The state alone, of what has more to it. */
export function stateOf({ phase, outcome, finality, flags, reasons, providerStatus }: State): State {
  return { phase, outcome, finality, flags, reasons, providerStatus };
}

/**
 * A row of a provider's status table. `rank` says how far along the case is: the higher, the later; it
 * orders what carries no time (see `ordering/decide.ts`).
 */
export interface StatusRule {
  readonly phase: Phase;
  readonly outcome: Outcome | null;
  readonly finality: Finality;
  readonly flags: readonly Flag[];
  readonly rank: number;
}
