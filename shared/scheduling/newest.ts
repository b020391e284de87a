import type { Verification } from '../verifications/verification.ts';

/** How many jobs of a verification are remembered. */
const maxJobs = 128;

/** Keeps the entries of as many sequences, the highest (integer keys come out in ascending order). */
export function newest(evidence: Verification['evidence']): Verification['evidence'] {
  return Object.fromEntries(Object.entries(evidence).slice(-maxJobs));
}
