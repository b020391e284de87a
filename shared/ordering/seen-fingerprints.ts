/**
 * The number of fingerprints that we remember per attempt. No provider sends nearly as many; they take 6 KB at most.
 */
const maxSeen = 128;

/** Adds a fingerprint as the newest one, and drops the oldest fingerprints above the limit. */
export function rememberFingerprint(seen: readonly string[], fingerprint: string): string[] {
  return [...forgetFingerprint(seen, fingerprint), fingerprint].slice(-maxSeen);
}

/** Removes a fingerprint, so that a transition with it is not a duplicate any more. */
export function forgetFingerprint(seen: readonly string[], fingerprint: string): string[] {
  return seen.filter((other) => other !== fingerprint);
}
