import type { WebhookRequest } from '../../contract/webhook-request.ts';

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 401 | 403;
  /** Counted and logged; never says which part of a credential was wrong. */
  readonly reason: 'source-ip' | 'credential' | 'no-secret-configured';
}

/** Lets a request in (null), or refuses it. Guards are composed: all must let it in. */
export type Guard = (request: WebhookRequest) => Refusal | null;

/** Asks the guards in turn; the first refusal counts. */
export function all(...guards: readonly Guard[]): Guard {
  return (request) => {
    for (const guard of guards) {
      const refusal = guard(request);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}
