import { IdvError } from '../platform/errors.ts';

/** Why a job's evidence could not be fetched. `evidence/retry.ts` has the consequence of each kind. */
export type FailureKind =
  /** The provider has not finished the evidence. It will be ready soon. */
  | 'not_ready'
  /** The provider refused the login, or the token even after a new login. */
  | 'unauthorized'
  /** The token is valid, but does not allow this call. */
  | 'forbidden'
  /** The provider asks us to slow down. */
  | 'throttled'
  /** A failure that passes: the network, a 5xx, or our own time-out. */
  | 'transient'
  /** The provider has deleted the evidence. */
  | 'gone'
  /** The provider knows no such case or file. */
  | 'not_found'
  /** The answer is larger than we archive. This may pass, because a gateway may have sent the answer. */
  | 'too_large'
  /** The answer is not what we requested: 204, 400, or the report of another case. This may pass. */
  | 'unexpected'
  /** A file in an archived ZIP cannot be read. The archive has the ZIP unchanged. */
  | 'corrupt'
  /** The job itself is wrong, so that no further try can succeed. */
  | 'invalid'
  /** No credentials are configured for the account of the case. */
  | 'no_account'
  /** The verification is not in our table any more: its retention has ended, or it was erased. */
  | 'unknown_verification';

/**
 * The kinds of failures that the API itself answers after it has accepted the token. The list does not contain refusals
 * of the token (401), or failures that a proxy in front of the API may cause.
 */
export const apiAnswerKinds: readonly FailureKind[] = [
  'not_ready',
  'forbidden',
  'not_found',
  'gone',
  'too_large',
  'unexpected',
];

interface Details extends ErrorOptions {
  /** The provider's `Retry-After`, or the rest of our own pause. In seconds. */
  readonly retryAfterSeconds?: number;
  /** Whether every further try fails alike, whatever the kind: the cause is in the archive already. */
  readonly isFinal?: boolean;
}

export class EvidenceError extends IdvError {
  override readonly name = 'EvidenceError';
  readonly kind: FailureKind;
  readonly retryAfterSeconds: number | null;
  readonly isFinal: boolean;

  /** @param message names the route and the status; it never contains a body or a token */
  constructor(kind: FailureKind, message: string, details: Details = {}) {
    super(message, details);
    this.kind = kind;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.isFinal = details.isFinal ?? false;
  }
}

/**
 * Makes a handler for `catch` that rethrows failures of these kinds as another kind. It rethrows all other errors
 * unchanged.
 *
 * @example response.catch(rethrowAs(['not_found'], 'gone'))
 */
export function rethrowAs(kinds: readonly FailureKind[], kind: FailureKind): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof EvidenceError) || !kinds.includes(error.kind)) throw error;
    throw new EvidenceError(kind, error.message, { cause: error });
  };
}
