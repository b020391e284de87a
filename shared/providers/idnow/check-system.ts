import { type EnvironmentVariables, readEnvironmentVariables } from '../../platform/environment.ts';
import { createTelemetry, type Telemetry } from '../../platform/telemetry.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import { type IdnowApi, IdnowApiSettings, listApiUrls } from './gateways.ts';

const timeoutMs = 15_000;

/** The text with which IDnow says that its system works. */
const goodAnswer = 'SYSTEM_CHECK_OK';

interface SystemCheckDependencies {
  readonly api: IdnowApi;
  readonly telemetry: Telemetry;
}

/**
 * Makes the handler that asks each gateway of IDnow whether its system works. A schedule calls it every five minutes, which
 * is the most that IDnow allows. So the handler neither tries again nor throws, because Lambda would repeat the calls.
 */
export function checkSystem({ api, telemetry }: SystemCheckDependencies) {
  const urls = listApiUrls(api).map((apiUrl) => new URL('system_check', withTrailingSlash(apiUrl)));
  return async (): Promise<void> => {
    const checks = await Promise.all(urls.map(isGood));
    // Good checks count 0, so that the alarm can tell a good check from a check that did not run.
    telemetry.count('SystemChecksFailed', checks.filter((good) => !good).length);
    telemetry.flush();
  };

  async function isGood(url: URL): Promise<boolean> {
    const gateway = url.host;
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
      const good = response.status === 200 && (await response.text()).includes(goodAnswer);
      if (!good) telemetry.warn("IDnow's system check failed", { gateway, status: response.status });
      return good;
    } catch (error) {
      telemetry.warn("IDnow's system check got no answer", { gateway }, error);
      return false;
    }
  }
}

/** Makes the dependencies of `checkSystem` from environment variables. @throws ConfigurationError if one is missing */
export function createSystemCheckDependencies(environment: EnvironmentVariables): SystemCheckDependencies {
  const { IDNOW_API_URL: apiUrl, IDNOW_GATEWAYS: gateways } = readEnvironmentVariables(
    environment,
    IdnowApiSettings,
  );
  return {
    api: { apiUrl, gateways },
    telemetry: createTelemetry('check-idnow-system', { provider: 'idnow' }),
  };
}
