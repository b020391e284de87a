import type { EvidenceTools } from '../../shared/providers/provider.ts';
import { dynamoSessionStore, type SessionStore } from '../../shared/providers/sessions/session-store.ts';
import type { DynamoDbUnderTest } from '../support/dynamodb.ts';

let tables = 0;

export interface SharedTools {
  readonly sessions: SessionStore;
  /** The pauses that were made, in milliseconds; none of them takes any time. */
  readonly waits: readonly number[];
  /** Those of one more instance of our functions. */
  tools(): EvidenceTools;
}

/**
 * What instances of our functions have to call a provider with: they share one table of sessions.
 *
 * @param secret what the API's secret holds now
 * @param refreshed what it holds once it is read anew
 */
export async function sharedTools(
  dynamodb: DynamoDbUnderTest,
  secret: unknown,
  refreshed: unknown = secret,
): Promise<SharedTools> {
  const table = await dynamodb.createTable(`Sessions${tables++}`, 'sessionId');
  const sessions = dynamoSessionStore(dynamodb.client, table, Date.now);
  let owners = 0;
  const waits: number[] = [];
  return {
    sessions,
    waits,
    tools: () => ({
      secret: () => ({ current: async () => secret, refreshed: async () => refreshed }),
      sessions,
      owner: `instance-${owners++}`,
      wait: async (ms) => void waits.push(ms),
    }),
  };
}
