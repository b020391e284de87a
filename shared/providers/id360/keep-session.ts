import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientSettings } from '../../platform/clients.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../../platform/environment.ts';
import { createTelemetry, type Telemetry } from '../../platform/telemetry.ts';
import { createProviderApiDependencies } from '../../provider-api/aws-tools.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import type { SessionStore } from '../../provider-api/sessions/session-store.ts';
import { createId360ApiSession, id360SessionId } from './session.ts';
import { Id360ApiSettings } from './settings.ts';

const timeoutMs = 20_000;

interface KeepSessionDependencies {
  readonly session: ApiSession;
  readonly sessions: SessionStore;
  readonly telemetry: Telemetry;
}

/**
 * Makes the handler that keeps our login session at ID360 alive. A schedule calls this handler. It calls ID360's API
 * with the session's token, so that the token does not expire. It logs in only after ID360 has answered 401. If no
 * function has ever logged in, it does nothing.
 */
export function keepSession({ session, sessions, telemetry }: KeepSessionDependencies) {
  const report = (metric: 'SessionsKept' | 'SessionsNotKept') => {
    telemetry.count(metric);
    telemetry.flush();
  };
  return async (): Promise<void> => {
    try {
      if ((await sessions.read(id360SessionId)).token === null) return;
      const url = session.url('api/1.0.0/user/whoami');
      const response = await session.call('GET whoami', url, AbortSignal.timeout(timeoutMs));
      await response.body?.cancel();
    } catch (error) {
      report('SessionsNotKept');
      // If the handler throws, Lambda calls it again: up to two times, within minutes.
      throw error;
    }
    report('SessionsKept');
  };
}

/**
 * Makes the dependencies of `keepSession` from environment variables.
 *
 * @throws ConfigurationError if a variable is missing
 */
export function createKeepSessionDependencies(environment: EnvironmentVariables): KeepSessionDependencies {
  const { ID360_API_URL: apiUrl, ID360_API_SECRET_ID: secretId } = readEnvironmentVariables(
    environment,
    Id360ApiSettings,
  );
  const telemetry = createTelemetry('keep-id360-session', { provider: 'id360' });
  const tools = createProviderApiDependencies(environment, new DynamoDBClient(awsClientSettings), telemetry);
  return {
    session: createId360ApiSession(apiUrl, tools.secret(secretId), tools),
    sessions: tools.sessions,
    telemetry,
  };
}
