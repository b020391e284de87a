import type { Verification } from './verification.ts';

/**
 * Returns when DynamoDB may delete the row of a verification: the retention after its final decision. While the case is
 * not final, the retention counts from its latest event.
 *
 * @returns seconds since 1970
 */
export function computeRowExpiry(
  { final, receivedAt }: Pick<Verification, 'final' | 'receivedAt'>,
  retentionSeconds: number,
): number {
  return Math.floor(Date.parse(final?.at ?? receivedAt) / 1000) + retentionSeconds;
}
