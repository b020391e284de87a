import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { followHistory } from '../../shared/operations/listening/follow-history.ts';
import { formatHistoryEntry, listHistoryEntries } from '../idv/format-history-row.ts';
import type { LocalStack } from '../stack/local-stack.ts';
import { dim, print } from '../terminal.ts';

/**
 * Prints one line for each delivery and each event, as `idv listen` does, until the signal aborts. It reads only the stream
 * of the history, so it takes no event from a consumer.
 *
 * @param onReady called when no later delivery can be missed
 */
export async function printActivity(
  { region, credentials, endpoints, outputs }: LocalStack,
  stop: AbortSignal,
  onReady: () => void,
): Promise<void> {
  const settings = { region, credentials, endpoint: endpoints.dynamodb };
  const aws = {
    dynamodb: new DynamoDBClient(settings),
    streams: new DynamoDBStreamsClient(settings),
  };
  const startedAt = new Date().toISOString();
  try {
    await followHistory(
      { aws, historyTable: outputs.HistoryTableName ?? '' },
      {
        signal: stop,
        pauseFactor: 1,
        onReady,
        onRow(row) {
          // The relay may still record the last event of the demo, which the demo has printed.
          if (row.at < startedAt) return;
          for (const entry of listHistoryEntries(row)) print(`  ${formatHistoryEntry(entry)}`);
        },
        onFailure: (error) => print(dim(`  the stream of the history does not answer: ${error}`)),
      },
    );
  } finally {
    aws.dynamodb.destroy();
    aws.streams.destroy();
  }
}
