import type { Transition } from './transition.ts';

/**
 * What a provider reads out of one case of a delivery. `unknown`: authentic, but not understood; it is kept
 * raw and never mapped to a guess.
 */
export type Reading =
  | { readonly kind: 'understood'; readonly transition: Transition }
  | {
      readonly kind: 'unknown';
      readonly reason: QuarantineReason;
      /** Where the case could be named all the same. */
      readonly verificationId: string | null;
    };

export const quarantineReasons = [
  /** The body is not JSON (or not UTF-8). */
  'not-json',
  /** JSON, but not of a shape that the provider is known to send. */
  'unknown-shape',
  /** The case is not named: an id is missing, empty or not text. */
  'unidentified',
  /** A status that we have never seen, or that is not text. */
  'unknown-status',
  /** A time that cannot be read. */
  'unreadable-time',
  /** Over 1 MiB. */
  'too-large',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];
