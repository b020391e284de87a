import { IdvError } from '../platform/errors.ts';

/** Why a job's evidence could not be fetched; `retry.ts` says what follows from each. */
export type FailureKind =
  /** The provider has not finished it: soon. */
  | 'not_ready'
  /** The session was refused even after renewing it, or the login itself was. */
  | 'unauthorized'
  /** The session is good, but not for this. */
  | 'forbidden'
  /** The provider asks us to slow down. */
  | 'throttled'
  /** A failure that passes: network, 5xx, a time-out of ours. */
  | 'transient'
  /** The provider has it no longer. */
  | 'gone'
  /** The provider knows no such case. */
  | 'not_found'
  /** Larger than we archive. It may pass: a gateway's answer may be large as well. */
  | 'too_large'
  /** An answer that is not what was asked for (204, 400, the report of another case). It may pass. */
  | 'unexpected'
  /** A file in an archived ZIP that cannot be read. The ZIP is archived as it came. */
  | 'corrupt'
  /** A job that cannot be right, however often it is tried. */
  | 'invalid'
  /** No credentials are configured for the account that the case belongs to. */
  | 'no_account'
  /** The verification is no longer in our table: its retention has ended, or it was erased. */
  | 'unknown_verification';

/** What an API answers itself, but for a refusal (401), and troubles that pass. */
export const answered: readonly FailureKind[] = [
  'not_ready',
  'forbidden',
  'not_found',
  'gone',
  'too_large',
  'unexpected',
];

interface Details extends ErrorOptions {
  /** What the provider asked for (`Retry-After`), or what is left of a pause of ours, in seconds. */
  readonly retryAfterSeconds?: number;
  /** The same would come again, whatever the kind says: it lies in what is archived already. */
  readonly isFinal?: boolean;
}

export class EvidenceError extends IdvError {
  override readonly name = 'EvidenceError';
  readonly kind: FailureKind;
  readonly retryAfterSeconds: number | null;
  readonly isFinal: boolean;

  /** @param message names the route and the status, never a body or a token */
  constructor(kind: FailureKind, message: string, details: Details = {}) {
    super(message, details);
    this.kind = kind;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.isFinal = details.isFinal ?? false;
  }
}

/**
 * For `catch`: what these kinds of failures mean where they happened. All else is thrown as it is.
 *
 * @example response.catch(meaning(['not_found'], 'gone'))
 */
export function meaning(kinds: readonly FailureKind[], kind: FailureKind): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof EvidenceError) || !kinds.includes(error.kind)) throw error;
    throw new EvidenceError(kind, error.message, { cause: error });
  };
}
