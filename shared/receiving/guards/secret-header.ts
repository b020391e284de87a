import type { Guard } from './guard.ts';
import { isOneOf } from './same-secret.ts';

export interface SecretHeader {
  /** Its case does not matter (RFC 9110, 5.1). */
  readonly name: string;
  /** The active secrets: several during a rotation. */
  readonly values: readonly string[];
}

/** Lets in whoever sends one of the active secrets in the header; without any, nobody. */
export function secretHeaderGuard({ name, values }: SecretHeader): Guard {
  const key = name.toLowerCase();
  const active = values.filter((value) => value !== '');
  return ({ headers }) => {
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    return isOneOf(headers.get(key) ?? '', active) ? null : { status: 401, reason: 'credential' };
  };
}
