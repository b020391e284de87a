import type { ProviderName } from '../../contract/provider-name.ts';
import type { OpenDelivery } from './open-quarantine.ts';

/** The deliveries of the open quarantine of one provider with the same cause. */
export interface QuarantineGroup {
  readonly provider: ProviderName;
  readonly cause: string;
  readonly count: number;
  /** How many of them the current reader understands. A replay publishes them. */
  readonly understood: number;
  /** When the first of them arrived, as an ISO 8601 instant. */
  readonly oldest: string;
  readonly newest: string;
  /** The id of the oldest delivery, to look into. */
  readonly example: string;
}

/** Groups the open quarantine by provider and cause, the largest group first. */
export async function groupQuarantine(open: AsyncIterable<OpenDelivery>): Promise<QuarantineGroup[]> {
  const groups = new Map<string, QuarantineGroup>();
  for await (const { delivery, cause, understood } of open) {
    const { provider, receivedAt, deliveryId } = delivery;
    const id = `${provider} ${cause}`;
    const first = { provider, cause, count: 0, understood: 0, oldest: receivedAt, newest: receivedAt };
    const group = groups.get(id) ?? { ...first, example: deliveryId };
    groups.set(id, {
      ...group,
      count: group.count + 1,
      understood: group.understood + (understood === null ? 0 : 1),
      ...(receivedAt < group.oldest && { oldest: receivedAt, example: deliveryId }),
      ...(receivedAt > group.newest && { newest: receivedAt }),
    });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
