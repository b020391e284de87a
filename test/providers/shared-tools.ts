import type { EvidenceTools } from '../../shared/provider-api/evidence-tools.ts';
import { dynamoSessionStore } from '../../shared/provider-api/sessions/dynamo-session-store.ts';
import type { SessionStore } from '../../shared/provider-api/sessions/session-store.ts';
import type { DynamoDbUnderTest } from '../support/dynamodb.ts';

let tables = 0;

export interface SharedTools {
  readonly sessions: SessionStore;
  /** The requested pauses in milliseconds. None of them takes any time. */
  readonly waits: readonly number[];
  /** The clock of the tools, in milliseconds. It starts at the time at which the jobs of the tests were requested. */
  readonly clock: { now: number };
  /** Makes the tools of another instance of our functions. */
  tools(): EvidenceTools;
}

/**
 * Makes the tools with which instances of our functions call a provider. The instances share one table of sessions.
 *
 * @param secret the value of the API's secret that is cached
 * @param refreshed the value of the secret after it is read again
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
