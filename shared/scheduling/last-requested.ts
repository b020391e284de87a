import type { Verification } from '../verifications/verification.ts';

/** The evidence that was asked for last: it decides the case, whatever was asked for before it and comes later. */
export interface LastAsked {
  readonly sequence: number;
  readonly state: Verification['evidence'][string] | null;
}

export function lastAsked({ evidence }: Pick<Verification, 'evidence'>): LastAsked {
  const sequence = Math.max(0, ...Object.keys(evidence).map(Number));
  return { sequence, state: evidence[sequence] ?? null };
}
