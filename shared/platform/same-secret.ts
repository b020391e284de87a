import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a given secret is one of the active ones (several during a rotation). Digests have one length, so
 * timingSafeEqual applies; every candidate is compared, so that the time taken says nothing.
 */
export function isOneOf<Secret extends string | Uint8Array>(
  given: Secret,
  candidates: readonly Secret[],
): boolean {
  const digest = sha256(given);
  return candidates
    .map((candidate) => timingSafeEqual(digest, sha256(candidate)))
    .reduce((found, same) => found || same, false);
}

const sha256 = (secret: string | Uint8Array) => createHash('sha256').update(secret).digest();
