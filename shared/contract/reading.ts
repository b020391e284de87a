import type { Hint, Statement, Transition } from './transition.ts';

/**
 * The result of reading one case in the body of a delivery. `unknown`: the delivery is authentic, but we do not
 * understand the case. We store its body unchanged, and never guess its meaning.
 */
export type Reading =
  | { readonly kind: 'understood'; readonly transition: Transition<Hint | Statement> }
  | {
      readonly kind: 'unknown';
      readonly reason: QuarantineReason;
      /** The id of the verification; null if the body contains no readable id. */
      readonly verificationId: string | null;
    };

export const quarantineReasons = [
  /** The body is not JSON (or not UTF-8). */
  'not-json',
  /** The body is JSON, but its shape is not a known shape of this provider. */
  'unknown-shape',
  /** The body does not name the case: an id is missing, empty or not a string. */
  'unidentified',
  /** The provider status in the body is unknown to us, or not a string. */
  'unknown-status',
  /** A time in the body of the delivery cannot be parsed. */
  'unreadable-time',
  /** The body of the delivery is larger than 1 MiB. */
  'too-large',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];
