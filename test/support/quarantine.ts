import { expect } from 'vitest';
import { ledgerRows } from './ledger-rows.ts';
import type { Answer, SystemUnderTest } from './system-under-test.ts';

interface Expected {
  readonly provider: string;
  readonly reason: string;
  /** The verification that the body may name. It must have no event. */
  readonly verificationId: string;
}

/** Expects an answer to a delivery that was not understood: it names the reason and the row in the quarantine. */
export async function expectQuarantined(
  sut: SystemUnderTest,
  { body }: Answer,
  { provider, reason, verificationId }: Expected,
): Promise<void> {
  expect(body).toMatchObject({ reason, deliveryId: expect.any(String) });
  expect(await sut.events.receive(verificationId, 0)).toEqual([]);
  const rows = await ledgerRows(sut, `quarantine:${provider}`);
  expect(rows.map(({ deliveryId }) => deliveryId)).toContain(Object(body).deliveryId);
}
