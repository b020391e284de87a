import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { emulatorCredentials, localRegion } from '../../stack/aws-account.ts';
import { convertToLambdaStreamRecord } from '../../stack/event-sources/stream-event.ts';
import type { BenchSystem } from './bench-system.ts';

/** The stream of the verifications table, read when the bench asks for it. */
export interface VerificationStream {
  /** Returns the records since the last call, or since the stream was opened. */
  read(): Promise<DynamoDBRecord[]>;
  close(): void;
}

/** Opens the stream at its end. */
export async function openVerificationStream({
  endpoints,
  verificationsStream,
}: BenchSystem): Promise<VerificationStream> {
  const client = new DynamoDBStreamsClient({
    endpoint: endpoints.dynamodb,
    region: localRegion,
    credentials: emulatorCredentials,
  });
  const { StreamDescription } = await client.send(
    new DescribeStreamCommand({ StreamArn: verificationsStream }),
  );
  const iterators = await Promise.all(
    (StreamDescription?.Shards ?? []).map(async ({ ShardId }) => {
      const shard = { StreamArn: verificationsStream, ShardId, ShardIteratorType: 'LATEST' as const };
      return (await client.send(new GetShardIteratorCommand(shard))).ShardIterator;
    }),
  );
  return {
    async read() {
      const pages = await Promise.all(
        iterators.map(async (ShardIterator, index) => {
          if (ShardIterator === undefined) return [];
          const page = await client.send(new GetRecordsCommand({ ShardIterator }));
          iterators[index] = page.NextShardIterator;
          return page.Records ?? [];
        }),
      );
      return pages.flat().map((record) => convertToLambdaStreamRecord(record, verificationsStream).event);
    },
    close: () => client.destroy(),
  };
}
