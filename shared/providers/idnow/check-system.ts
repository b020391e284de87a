import { type EnvironmentVariables, readEnvironmentVariables } from '../../platform/environment.ts';
import { createTelemetry, type Telemetry } from '../../platform/telemetry.ts';
import { ApiUrl, withTrailingSlash } from '../../provider-api/api-url.ts';

const timeoutMs = 15_000;

/** The text with which IDnow says that its system works. */
const goodAnswer = 'SYSTEM_CHECK_OK';

interface SystemCheckDependencies {
  readonly apiUrl: string;
  readonly telemetry: Telemetry;
}

/**
 * Makes the handler that asks IDnow whether its system works. A schedule calls it every five minutes, which is the most
 * that IDnow allows. So the handler neither tries again nor throws, because Lambda would repeat the call.
 */
export function checkSystem({ apiUrl, telemetry }: SystemCheckDependencies) {
  const url = new URL('system_check', withTrailingSlash(apiUrl));
  return async (): Promise<void> => {
    const isGood = await askSystem(url).catch((error) => {
      telemetry.warn("IDnow's system check got no answer", {}, error);
      return false;
    });
    // A good check counts 0, so that the alarm can tell a good check from a check that did not run.
    telemetry.count('SystemChecksFailed', isGood ? 0 : 1);
    telemetry.flush();
  };

  async function askSystem(target: URL): Promise<boolean> {
    const response = await fetch(target, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const isGood = response.status === 200 && (await response.text()).includes(goodAnswer);
    if (!isGood) telemetry.warn("IDnow's system check failed", { status: response.status });
    return isGood;
  }
}

/** Makes the dependencies of `checkSystem` from environment variables. @throws ConfigurationError if one is missing */
export function createSystemCheckDependencies(environment: EnvironmentVariables): SystemCheckDependencies {
  const { IDNOW_API_URL: apiUrl } = readEnvironmentVariables(environment, {
    IDNOW_API_URL: ApiUrl,
  });
  return { apiUrl, telemetry: createTelemetry('check-idnow-system', { provider: 'idnow' }) };
}
