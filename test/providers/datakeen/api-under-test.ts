import {
  type DatakeenSimulatorOptions,
  startDatakeenSimulator,
} from '../../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { createDatakeenEvidenceAdapter } from '../../../shared/providers/datakeen/evidence.ts';
import type { TrustedNewStatusUrls } from '../../../shared/providers/datakeen/new-status-from.ts';
import { createDatakeenApiSession } from '../../../shared/providers/datakeen/session.ts';
import type { DatakeenAuthorizationScheme } from '../../../shared/providers/datakeen/settings.ts';
import type { DynamoDbUnderTest } from '../../support/dynamodb.ts';
import { sharedTools } from '../shared-tools.ts';

export const account = { username: 'user@example.com', password: 'hush hush&password=' };

/** Makes an abort signal whose time limit is longer than any test. */
export const patient = () => AbortSignal.timeout(30_000);

interface Options {
  readonly apiUrl: string;
  readonly scheme?: DatakeenAuthorizationScheme;
  readonly newStatusFrom?: TrustedNewStatusUrls;
  readonly secret?: unknown;
  readonly refreshed?: unknown;
}

/** Makes function instances that call Datakeen's API at `apiUrl`, and share one table of sessions. */
export async function instancesOf(dynamodb: DynamoDbUnderTest, options: Options) {
  const { apiUrl, scheme = 'Basic', newStatusFrom = 'every-url' } = options;
  const { secret = account, refreshed = secret } = options;
  const { tools, waits, clock } = await sharedTools(dynamodb, secret, refreshed);
  return {
    waits,
    clock,
    session: () =>
      createDatakeenApiSession({ url: apiUrl, scheme, secret: tools().secret('the-secret') }, tools()),
    evidence: () =>
      createDatakeenEvidenceAdapter(
        {
          DATAKEEN_API_URL: apiUrl,
          DATAKEEN_API_SECRET_ID: 'the-secret',
          DATAKEEN_AUTHORIZATION_SCHEME: scheme,
          DATAKEEN_NEW_STATUS_FROM: JSON.stringify(newStatusFrom),
        },
        tools(),
      ),
  };
}

/** Starts the Datakeen simulator, whose results are ready at once, and makes function instances that call it. */
export async function simulated(
  dynamodb: DynamoDbUnderTest,
  options: Partial<DatakeenSimulatorOptions> & Omit<Options, 'apiUrl'> = {},
) {
  const { scheme = 'Basic' } = options;
  const datakeen = await startDatakeenSimulator({
    ...account,
    notReady: 0,
    authorizationScheme: scheme,
    ...options,
  });
  const instances = await instancesOf(dynamodb, { ...options, apiUrl: datakeen.url });
  return { datakeen, ...instances, [Symbol.asyncDispose]: datakeen.stop };
}
