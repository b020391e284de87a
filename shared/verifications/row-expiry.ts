import type { Verification } from './verification.ts';

/**
 * Returns when DynamoDB may delete the row of a verification: the retention after its final decision. While the case is
 * not final, the retention counts from its latest event.
 *
 * @returns seconds since 1970; null if a legal hold protects the case, so that its row never expires
 */
export function computeRowExpiry(
  { final, receivedAt, heldSince }: Pick<Verification, 'final' | 'receivedAt' | 'heldSince'>,
  retentionSeconds: number,
): number | null {
  if (heldSince !== undefined) return null;
  return Math.floor(Date.parse(final?.at ?? receivedAt) / 1000) + retentionSeconds;
}
