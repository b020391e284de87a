/**
 * The maximum number of fingerprints that we remember per attempt. Providers send far fewer transitions per attempt.
 * 128 fingerprints take at most 6 KB.
 */
const maxSeen = 128;

/** Adds a fingerprint at the end, and drops the oldest fingerprints above the limit. */
export function rememberFingerprint(seen: readonly string[], fingerprint: string): string[] {
  return [...forgetFingerprint(seen, fingerprint), fingerprint].slice(-maxSeen);
}

/** Removes a fingerprint, so that a transition with this fingerprint is no longer a duplicate. */
export function forgetFingerprint(seen: readonly string[], fingerprint: string): string[] {
  return seen.filter((other) => other !== fingerprint);
}
