import type { WebhookRequest } from './webhook-request.ts';

/** The refusal of a request: the status of the answer, and a reason for us. */
export interface AuthenticationFailure {
  readonly status: 401 | 403;
  /** The reason of the refusal, for logs and metrics. It does not say which part of a credential is wrong. */
  readonly reason: 'source-ip' | 'credential' | 'no-secret-configured';
}

/**
 * Checks the sender of a request.
 *
 * @returns null if the request is accepted
 */
export type Guard = (request: WebhookRequest) => AuthenticationFailure | null;

export interface BasicCredential {
  /** A user name, which must not contain a colon (RFC 7617). */
  readonly username: string;
  readonly password: string;
}

/**
 * A credential that a request must present. During a rotation, the list contains several active secrets, and a request
 * must match one of them. An empty list refuses every request.
 */
export type RequiredCredential =
  /** Basic authentication (RFC 7617). */
  | { readonly kind: 'basic'; readonly credentials: readonly BasicCredential[] }
  /** A header with a secret value. The name of the header is case-insensitive (RFC 9110, 5.1). */
  | { readonly kind: 'header'; readonly name: string; readonly values: readonly string[] }
  /** A signed URL. If `required` is false, a URL without a reference and a signature is accepted too. */
  | { readonly kind: 'signed-url'; readonly secrets: readonly string[]; readonly required: boolean }
  /** A guard that only one provider needs, such as a check of a signature over the raw body. */
  | { readonly kind: 'custom'; readonly guard: Guard };
