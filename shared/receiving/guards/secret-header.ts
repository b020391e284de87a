import type { Guard, RequiredCredential } from '../../contract/webhook-authentication.ts';
import { createSecretMatcher } from '../../platform/matches-any-secret.ts';

type HeaderRule = Omit<Extract<RequiredCredential, { kind: 'header' }>, 'kind'>;

/** Creates a guard that accepts a request if its header contains one of the active secrets. */
export function createSecretHeaderGuard({ name, values }: HeaderRule): Guard {
  const key = name.toLowerCase();
  const active = values.filter((value) => value !== '');
  const isActive = createSecretMatcher(active);
  return ({ headers }) => {
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    return isActive(headers.get(key) ?? '') ? null : { status: 401, reason: 'credential' };
  };
}
