/** How many fingerprints of an attempt are remembered: far more than any provider sends, 6 KB at most. */
const maxSeen = 128;

export function remember(seen: readonly string[], fingerprint: string): string[] {
  return [...forget(seen, fingerprint), fingerprint].slice(-maxSeen);
}

export function forget(seen: readonly string[], fingerprint: string): string[] {
  return seen.filter((other) => other !== fingerprint);
}
