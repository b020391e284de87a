import type { CaseRecord } from './case-record.ts';
import { parseDeliveryId } from './delivery-id.ts';
import type { ReplayedRequest } from './replay-deliveries.ts';

/** Selects all deliveries of a case for a replay, the oldest first. A body with several cases is read for this case only. */
export function selectCaseRequests({ history }: CaseRecord): ReplayedRequest[] {
  return history.flatMap(({ subject, at, decision, resolution, delivery }): ReplayedRequest[] => {
    if (delivery === null) return [];
    const { requestId, index } = parseDeliveryId(delivery.deliveryId);
    const isOpen = decision === 'quarantined' && resolution === null;
    return [
      {
        requestId,
        delivery,
        indexes: new Set([index]),
        except: new Set(),
        subjects: new Set([subject]),
        open: new Map(isOpen ? [[index, { subject, at }]] : []),
      },
    ];
  });
}
