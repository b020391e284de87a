import { IdvError } from '../platform/errors.ts';

/**
 * The reason why evidence could not be fetched. For each reason, `evidence/job/retry.ts` decides whether the job is tried
 * again.
 */
export type FailureKind =
  /** The provider is still preparing the evidence. */
  | 'not_ready'
  /** The provider refused the login, or it refused the token even after a new login. */
  | 'unauthorized'
  /** The token is valid, but does not allow this call. */
  | 'forbidden'
  /** The provider asks us to slow down. */
  | 'throttled'
  /** A failure that is expected to pass: a network error, a status of 5xx, or our own time-out. */
  | 'transient'
  /** The provider has deleted the evidence. */
  | 'gone'
  /** The provider knows no such case or file. */
  | 'not_found'
  /**
   * The provider's answer is larger than our limit. The job is tried again, because the answer may come from a gateway
   * and not from the API.
   */
  | 'too_large'
  /**
   * The provider's answer is not what we requested: a status of 204 or 400, or the report of another case. The job is
   * tried again.
   */
  | 'unexpected'
  /** A file in an archived ZIP cannot be read. The archive keeps the ZIP unchanged. */
  | 'corrupt'
  /** The job or its archived evidence is invalid, so that every further try would fail too. */
  | 'invalid'
  /** No credentials are configured for the account of the case. */
  | 'no_account'
  /** The verification is not in our table: its retention has ended, or it was erased. */
  | 'unknown_verification';

/**
 * The kinds of failures that the API reports after it has accepted the token. A refused token (401), an overload and a
 * missing answer are not in this list.
 */
export const failureKindsProvingValidToken: readonly FailureKind[] = [
  'not_ready',
  'forbidden',
  'not_found',
  'gone',
  'too_large',
  'unexpected',
];

interface Details extends ErrorOptions {
  /** The time before the next try, in seconds: the provider's `Retry-After`, or the rest of our own login pause. */
  readonly retryAfterSeconds?: number;
  /** The HTTP status of the provider's answer, if the status is the failure. */
  readonly httpStatus?: number;
  /**
   * True if every further try would fail in the same way, because the archive contains the cause. The job is then given
   * up, whatever the kind of the failure.
   */
  readonly isFinal?: boolean;
}

export class EvidenceError extends IdvError {
  override readonly name = 'EvidenceError';
  readonly kind: FailureKind;
  readonly retryAfterSeconds: number | null;
  readonly httpStatus: number | null;
  readonly isFinal: boolean;

  /** @param message names the route and the status. It never contains a body or a token */
  constructor(kind: FailureKind, message: string, details: Details = {}) {
    super(message, details);
    this.kind = kind;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.httpStatus = details.httpStatus ?? null;
    this.isFinal = details.isFinal ?? false;
  }
}

/**
 * Makes a handler for `catch` that rethrows failures of the given kinds as another kind. It rethrows all other errors
 * unchanged.
 *
 * @example response.catch(rethrowFailuresAs(['not_found'], 'gone'))
 */
export function rethrowFailuresAs(
  kinds: readonly FailureKind[],
  kind: FailureKind,
): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof EvidenceError) || !kinds.includes(error.kind)) throw error;
    throw new EvidenceError(kind, error.message, { cause: error });
  };
}
