import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Checks whether a given secret equals one of the active secrets (several during a rotation). The comparison takes the same
 * time for every secret: timingSafeEqual compares digests of equal length, and each candidate is compared.
 */
export function matchesAnySecret<Secret extends string | Uint8Array>(
  given: Secret,
  candidates: readonly Secret[],
): boolean {
  const digest = sha256(given);
  return candidates
    .map((candidate) => timingSafeEqual(digest, sha256(candidate)))
    .reduce((found, same) => found || same, false);
}

const sha256 = (secret: string | Uint8Array) => createHash('sha256').update(secret).digest();
