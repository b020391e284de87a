import { createHash, timingSafeEqual } from 'node:crypto';

type Secret = string | Uint8Array;

/**
 * Checks whether a given secret equals one of the active secrets (several during a rotation). The comparison takes the same
 * time for every secret: timingSafeEqual compares digests of equal length, and each candidate is compared.
 */
export function matchesAnySecret<Given extends Secret>(given: Given, candidates: readonly Given[]): boolean {
  return createSecretMatcher(candidates)(given);
}

/** Creates the check of `matchesAnySecret` for secrets that stay the same. It hashes the active secrets only once. */
export function createSecretMatcher<Given extends Secret>(
  candidates: readonly Given[],
): (given: Given) => boolean {
  const digests = candidates.map(sha256);
  return (given) => {
    const digest = sha256(given);
    return digests
      .map((candidate) => timingSafeEqual(digest, candidate))
      .reduce((found, same) => found || same, false);
  };
}

const sha256 = (secret: Secret) => createHash('sha256').update(secret).digest();
