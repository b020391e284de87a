import type { Verification } from './verification.ts';

/** How many fingerprints of an attempt are remembered: far more than any provider sends, 6 KB at most. */
const maxSeen = 128;

export function remember(seen: readonly string[], fingerprint: string): string[] {
  return [...forget(seen, fingerprint), fingerprint].slice(-maxSeen);
}

export function forget(seen: readonly string[], fingerprint: string): string[] {
  return seen.filter((other) => other !== fingerprint);
}

/** Keeps the entries of as many sequences, the highest (integer keys come out in ascending order). */
export function newest(evidence: Verification['evidence']): Verification['evidence'] {
  return Object.fromEntries(Object.entries(evidence).slice(-maxSeen));
}
