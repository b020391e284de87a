import type { WebhookRequest } from './webhook-request.ts';

/** Why a request is refused. */
export interface RequestRefusal {
  readonly status: 401 | 403;
  /** We count and log this reason. It never names the wrong part of a credential. */
  readonly reason: 'source-ip' | 'credential' | 'no-secret-configured';
}

/**
 * Checks the sender of a request.
 *
 * @returns null if the request is accepted
 */
export type Guard = (request: WebhookRequest) => RequestRefusal | null;

export interface BasicCredential {
  /** The user name contains no colon (RFC 7617). */
  readonly username: string;
  readonly password: string;
}

/**
 * A credential that a request must present. A list holds several active secrets during a rotation: one of them is
 * enough. An empty list refuses every request.
 */
export type CredentialRule =
  /** Basic authentication (RFC 7617). */
  | { readonly kind: 'basic'; readonly credentials: readonly BasicCredential[] }
  /** A header with a secret value. The name of the header is case-insensitive (RFC 9110, 5.1). */
  | { readonly kind: 'header'; readonly name: string; readonly values: readonly string[] }
  /** A signed callback URL. If it is not required, a path without a reference and a signature passes. */
  | { readonly kind: 'signed-url'; readonly secrets: readonly string[]; readonly required: boolean }
  /** A guard that only this provider needs, such as a signature over the raw body. */
  | { readonly kind: 'custom'; readonly guard: Guard };
