import type { CredentialRule, Guard } from '../../contract/webhook-authentication.ts';
import { isOneOf } from '../../platform/same-secret.ts';

type HeaderRule = Omit<Extract<CredentialRule, { kind: 'header' }>, 'kind'>;

/** Accepts requests that carry one of the active secrets in the header. */
export function secretHeaderGuard({ name, values }: HeaderRule): Guard {
  const key = name.toLowerCase();
  const active = values.filter((value) => value !== '');
  return ({ headers }) => {
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    return isOneOf(headers.get(key) ?? '', active) ? null : { status: 401, reason: 'credential' };
  };
}
