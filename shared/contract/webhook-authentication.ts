import type { WebhookRequest } from './webhook-request.ts';

/** Why a request is refused. */
export interface Refusal {
  readonly status: 401 | 403;
  /** Counted and logged. It never says which part of a credential is wrong. */
  readonly reason: 'source-ip' | 'credential' | 'no-secret-configured';
}

/** Accepts a request (null) or refuses it. */
export type Guard = (request: WebhookRequest) => Refusal | null;

export interface BasicCredential {
  /** Contains no colon (RFC 7617). */
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
  /** A header with a secret value. The case of its name does not matter (RFC 9110, 5.1). */
  | { readonly kind: 'header'; readonly name: string; readonly values: readonly string[] }
  /** A signed callback URL. If it is not required, a path without a reference and a signature passes. */
  | { readonly kind: 'signed-url'; readonly secrets: readonly string[]; readonly required: boolean }
  /** A check that only this provider needs, such as a signature over the raw body. */
  | { readonly kind: 'custom'; readonly guard: Guard };
