import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Delivery } from '../../../shared/verifications/delivery.ts';
import { wrapHistoryForLargeBodies } from '../../../shared/verifications/limits/offloading-history.ts';
import { storeRawBody } from '../../../shared/verifications/raw-body.ts';
import { makeDelivery } from '../../support/deliveries.ts';
import { memoryBlobs } from '../../support/memory-blobs.ts';

const deliveryOf = (bytes: number): Delivery =>
  makeDelivery({ deliveryId: 'delivery-1', provider: 'id360', body: storeRawBody(randomBytes(bytes)) });
const decision = { decision: 'duplicate', reason: 'seen', verificationId: 'id360:7' } as const;

/** Creates a history in memory that accepts large bodies, with a bucket in memory. */
function underTest(onRow: (objects: string[]) => void = () => undefined) {
  const { blobs, objects } = memoryBlobs();
  const rows: Delivery[] = [];
  const history = wrapHistoryForLargeBodies(
    {
      async recordDelivery(row) {
        onRow([...objects.keys()]);
        rows.push(row);
      },
      recordWrite: async () => undefined,
    },
    blobs,
  );
  return { history, rows, objects };
}

test.each([
  ['of a case is stored below its verification', decision, 'deliveries/id360/id360!7/delivery-1.gz'],
  [
    'of an unnamed case is stored below its provider',
    { ...decision, decision: 'quarantined', verificationId: null } as const,
    'deliveries/id360/unidentified/delivery-1.gz',
  ],
])(
  'a large body is stored in the bucket before its row of the history is written: the body %s',
  async (_title, given, key) => {
    // Prepare
    const { history, rows } = underTest((stored) => expect(stored).toEqual([key]));
    const delivery = deliveryOf(100 * 1024 + 1);
    // Act
    await history.recordDelivery(delivery, given);
    await history.recordDelivery(delivery, given);
    // Assess
    const body = { kind: 'object', bucket: 'a-bucket', key };
    expect(rows).toEqual([
      { ...delivery, body },
      { ...delivery, body },
    ]);
  },
);

test('a small raw body stays in its row of the history', async () => {
  // Prepare
  const { history, rows, objects } = underTest();
  const delivery = deliveryOf(100 * 1024);
  // Act
  await history.recordDelivery(delivery, decision);
  // Assess
  expect(rows).toEqual([delivery]);
  expect(objects.size).toBe(0);
});
