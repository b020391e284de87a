import { clockAndIdGenerator } from '../../platform/clients.ts';
import { runAudited } from '../audit/run-audited.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { OpenDelivery } from './open-quarantine.ts';
import { resolveRow } from './resolve-row.ts';

interface ResolveQuarantine {
  readonly deliveries: readonly OpenDelivery[];
  /** Why nothing has to be published for these deliveries, in the operator's own words. */
  readonly reason: string;
}

/**
 * Removes deliveries from the open quarantine without reading them again. Their rows stay in the history.
 *
 * @returns the number of deliveries that were in the open quarantine until now
 */
export async function resolveQuarantine(
  stack: OperatedStack,
  { deliveries, reason }: ResolveQuarantine,
): Promise<number> {
  const subjects = new Set(deliveries.map(({ key }) => key.subject));
  const [subject = 'quarantine:'] = subjects;
  const verificationId = subjects.size === 1 && !subject.startsWith('quarantine:') ? subject : null;
  const [first] = deliveries;
  const what =
    deliveries.length === 1 ? `delivery ${first?.delivery.deliveryId}` : `${deliveries.length} deliveries`;
  const describe = (resolved: number) => `${what}: ${resolved} removed from the open quarantine`;
  const operation = { action: 'quarantine resolve', verificationId, reason, describe };
  return runAudited(stack, operation, async () => {
    let resolved = 0;
    const at = clockAndIdGenerator.now().toISOString();
    for (const { key } of deliveries) {
      const resolution = { at, by: stack.operator, reason, how: 'resolved', result: '' } as const;
      if (await resolveRow(stack, key, resolution)) resolved += 1;
    }
    return resolved;
  });
}
