import type { CaseRecord } from '../case/case-record.ts';
import type { ReplayedDelivery } from './replay-deliveries.ts';

/** Selects all deliveries of a case for a replay, the oldest first. */
export function selectCaseDeliveries({ history }: CaseRecord): ReplayedDelivery[] {
  return history.flatMap(({ subject, at, decision, resolution, delivery }) =>
    delivery === null
      ? []
      : [
          {
            delivery,
            key: { subject, at },
            isOpen: decision === 'quarantined' && resolution === null,
          },
        ],
  );
}
