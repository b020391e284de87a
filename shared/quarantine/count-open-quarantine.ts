import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { openQuarantineIndex } from '../verifications/open-quarantine-index.ts';

export interface OpenQuarantineDependencies {
  readonly dynamodb: DynamoDBClient;
  /** The table `History`. */
  readonly table: string;
  /** The providers of the stage. Each of them gets a value, also if it is zero, so that its alarm can end. */
  readonly providers: readonly ProviderName[];
  readonly telemetry: Telemetry;
}

/**
 * Creates the Lambda handler that counts the open quarantine. It reads the whole index, because the index contains only
 * the deliveries that nobody has dealt with: normally none (decision record 052).
 */
export function countOpenQuarantine({ dynamodb, table, providers, telemetry }: OpenQuarantineDependencies) {
  return async (): Promise<void> => {
    const counts = new Map<string, number>(providers.map((provider) => [provider, 0]));
    let start: ScanCommandOutput['LastEvaluatedKey'];
    do {
      const page = await dynamodb.send(
        new ScanCommand({
          TableName: table,
          IndexName: openQuarantineIndex,
          ProjectionExpression: 'openQuarantine',
          ExclusiveStartKey: start,
        }),
      );
      for (const { openQuarantine } of page.Items ?? []) {
        const [provider = ''] = openQuarantine?.S?.split(':') ?? [];
        counts.set(provider, (counts.get(provider) ?? 0) + 1);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    for (const [provider, open] of counts) telemetry.count('QuarantineOpen', open, provider);
    telemetry.flush();
  };
}
