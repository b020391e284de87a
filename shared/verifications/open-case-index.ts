import { createHash } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Verification } from './verification.ts';

/** The index of `Verifications` that contains the open cases, in the order of their next lookup. */
export const openCaseIndex = 'openCases';

/**
 * The number of partitions over which the open cases of one provider are spread. One partition of an index accepts about
 * 1,000 writes in a second, and a full partition would also stop the writes to the table.
 */
const shards = 10;

/**
 * Returns the attributes with which the index contains an open case. A row without them is not in the index.
 *
 * @param nextLookupAt seconds since 1970
 */
export function buildOpenCaseKey(
  { provider, verificationId }: Pick<Verification, 'provider' | 'verificationId'>,
  nextLookupAt: number,
): Record<'openCase' | 'nextLookupAt', AttributeValue> {
  const shard = createHash('sha256').update(verificationId).digest().readUInt8(0) % shards;
  return { openCase: { S: partitionOf(provider, shard) }, nextLookupAt: { N: String(nextLookupAt) } };
}

const partitionOf = (provider: ProviderName, shard: number) => `${provider}:${shard}`;

const Key = z.object({
  verificationId: z.object({ S: z.string() }),
  nextLookupAt: z.object({ N: z.string() }),
});

interface OpenCaseQuery {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly provider: ProviderName;
  /** Only cases whose next lookup is at this time or earlier, in seconds since 1970; null for all open cases. */
  readonly dueAt: number | null;
  /** The maximum number of cases. */
  readonly limit: number;
}

/**
 * Finds open cases of a provider. The case whose lookup has been due for the longest time comes first.
 *
 * @returns the ids of their verifications. The index may be some seconds behind the table
 */
export async function findOpenCases(query: OpenCaseQuery): Promise<string[]> {
  const found = await Promise.all(Array.from({ length: shards }, (_, shard) => queryShard(query, shard)));
  return found
    .flat()
    .toSorted((a, b) => Number(a.nextLookupAt.N) - Number(b.nextLookupAt.N))
    .slice(0, query.limit)
    .map(({ verificationId }) => verificationId.S);
}

async function queryShard({ dynamodb, table, provider, dueAt, limit }: OpenCaseQuery, shard: number) {
  const keys: z.infer<typeof Key>[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: openCaseIndex,
        KeyConditionExpression: `openCase = :openCase${dueAt === null ? '' : ' AND nextLookupAt <= :dueAt'}`,
        ExpressionAttributeValues: {
          ':openCase': { S: partitionOf(provider, shard) },
          ...(dueAt === null ? {} : { ':dueAt': { N: String(dueAt) } }),
        },
        Limit: limit - keys.length,
        ExclusiveStartKey: start,
      }),
    );
    keys.push(...Items.map((item) => Key.parse(item)));
    start = LastEvaluatedKey;
  } while (start !== undefined && keys.length < limit);
  return keys;
}
