import { expect } from 'vitest';
import { openQuarantine } from './history-rows.ts';
import type { Answer, SystemUnderTest } from './system-under-test.ts';

interface Expected {
  readonly provider: string;
  readonly reason: string;
  /**
   * The verification id that the delivery's body contains, or would contain if it were complete. No event of this
   * verification may exist.
   */
  readonly verificationId: string;
}

/**
 * Checks that a delivery was quarantined: the answer names the reason and the delivery id, the verification has no
 * event, and the index of open quarantine has the delivery.
 */
export async function expectQuarantined(
  sut: SystemUnderTest,
  { body }: Answer,
  { provider, reason, verificationId }: Expected,
): Promise<void> {
  expect(body).toMatchObject({ reason, deliveryId: expect.any(String) });
  expect(await sut.events.receive(verificationId, 0)).toEqual([]);
  expect(await openQuarantine(sut, provider)).toContain(Object(body).deliveryId);
}
