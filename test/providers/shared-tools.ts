import type { EvidenceTools } from '../../shared/provider-api/evidence-tools.ts';
import { dynamoSessionStore } from '../../shared/provider-api/sessions/dynamo-session-store.ts';
import type { SessionStore } from '../../shared/provider-api/sessions/session-store.ts';
import type { DynamoDbUnderTest } from '../support/dynamodb.ts';

let tables = 0;

export interface SharedTools {
  readonly sessions: SessionStore;
  /** The pauses that were made, in milliseconds; none of them takes any time. */
  readonly waits: readonly number[];
  /** Of the tools: stands at the time when the tests' jobs were asked for. In milliseconds. */
  readonly clock: { now: number };
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
  const clock = { now: Date.parse('2026-11-22T10:15:00.000Z') };
  return {
    sessions,
    clock,
    waits,
    tools: () => ({
      secret: () => ({ current: async () => secret, refreshed: async () => refreshed }),
      sessions,
      owner: `instance-${owners++}`,
      now: () => clock.now,
      wait: async (ms) => void waits.push(ms),
    }),
  };
}
