import type { ProviderApiDependencies } from '../../shared/provider-api/evidence-tools.ts';
import { createDynamoSessionStore } from '../../shared/provider-api/sessions/dynamo-session-store.ts';
import type { SessionStore } from '../../shared/provider-api/sessions/session-store.ts';
import type { DynamoDbUnderTest } from '../support/dynamodb.ts';

let tables = 0;

export interface SharedTools {
  readonly sessions: SessionStore;
  /** The pauses that callers requested, in milliseconds. The function `wait` only records them, and returns at once. */
  readonly waits: readonly number[];
  /** The clock that all tools use, in milliseconds. It starts at the `requestedAt` of the test jobs. */
  readonly clock: { now: number };
  /** Makes the tools of one more function instance: its secret, its sessions, its clock and its pauses. */
  tools(): ProviderApiDependencies;
}

/**
 * Makes the tools that function instances need to call a provider. All instances share one table of sessions.
 *
 * @param secret the cached value of the API secret
 * @param refreshed the value that the API secret has when it is read again
 */
export async function sharedTools(
  dynamodb: DynamoDbUnderTest,
  secret: unknown,
  refreshed: unknown = secret,
): Promise<SharedTools> {
  const table = await dynamodb.createTable(`Sessions${tables++}`, 'sessionId');
  const sessions = createDynamoSessionStore(dynamodb.client, table, Date.now);
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
