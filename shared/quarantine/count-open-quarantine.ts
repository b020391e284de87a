import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { openQuarantineIndex } from '../verifications/open-quarantine-index.ts';

interface OpenQuarantine {
  readonly dynamodb: DynamoDBClient;
  /** The table `History`. */
  readonly table: string;
  /** The providers of the stage. Each of them gets a value, also if it is zero, so that its alarm can end. */
  readonly providers: readonly ProviderName[];
}

export interface OpenQuarantineDependencies extends OpenQuarantine {
  readonly telemetry: Telemetry;
}

/**
 * Counts the deliveries of the open quarantine, by provider. It reads the whole index, because the index contains only the
 * deliveries that nobody has dealt with: normally none (decision record 052).
 */
export async function countOpenDeliveries({
  dynamodb,
  table,
  providers,
}: OpenQuarantine): Promise<Map<ProviderName, number>> {
  const counts = new Map(providers.map((provider) => [provider, 0]));
  const pages = paginateScan(
    { client: dynamodb },
    { TableName: table, IndexName: openQuarantineIndex, ProjectionExpression: 'openQuarantine' },
  );
  for await (const { Items = [] } of pages) {
    for (const { openQuarantine } of Items) {
      const [provider = ''] = openQuarantine?.S?.split(':') ?? [];
      counts.set(provider, (counts.get(provider) ?? 0) + 1);
    }
  }
  return counts;
}

/** Creates the Lambda handler that counts the open quarantine. */
export function countOpenQuarantine({ telemetry, ...quarantine }: OpenQuarantineDependencies) {
  return async (): Promise<void> => {
    for (const [provider, open] of await countOpenDeliveries(quarantine))
      telemetry.count('QuarantineOpen', open, provider);
    telemetry.flush();
  };
}
