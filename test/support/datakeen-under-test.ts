import type { LocalDatakeenConfig } from '../../local/providers/datakeen.ts';
import {
  type DatakeenSimulator,
  type DatakeenSimulatorOptions,
  startDatakeenSimulator,
} from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import type { LocalSystemOptions } from '../../local/start-system.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { type ProviderProxy, providerProxy } from './provider-proxy.ts';
import {
  type Answer,
  type PostOptions,
  type SystemUnderTest,
  startSystemUnderTest,
} from './system-under-test.ts';

export interface DatakeenUnderTest extends Omit<SystemUnderTest, 'simulator' | 'post'> {
  readonly datakeen: DatakeenSimulator;
  /** The proxy between the system and the Datakeen simulator. */
  readonly api: ProviderProxy;
  /**
   * POSTs a body to Datakeen's webhook, at a URL that is signed for the reference `case-1`. `options` replace the path
   * and the headers.
   */
  post(body: unknown, options?: PostOptions): Promise<Answer>;
  /**
   * This system in the type `SystemUnderTest`, with IDnow's `post` and `simulator`. Some test helpers need this type.
   */
  readonly all: SystemUnderTest;
}

export const account = { username: 'a-test-user', password: 'a-test-api-password' };
export const urlSecrets = ['a-test-url-secret', 'the-next-url-secret'] as const;

/** Returns the path of a signed URL for Datakeen's webhooks. */
export function signedPath(reference: string, secret: string = urlSecrets[0]): string {
  return new URL(signCallbackUrl({ base: 'http://any.example', provider: 'datakeen', reference, secret }))
    .pathname;
}

type Options = Pick<LocalSystemOptions, 'interceptEndpoint' | 'mostInstances'> & {
  readonly datakeen?: Partial<LocalDatakeenConfig>;
  readonly simulator?: Partial<DatakeenSimulatorOptions>;
};

/** Starts the whole system on a free port, with a Datakeen simulator that the test controls. */
export async function startDatakeenUnderTest({
  datakeen,
  simulator: simulated,
  ...options
}: Options = {}): Promise<DatakeenUnderTest> {
  const simulator = await startDatakeenSimulator({ ...account, ...simulated });
  const api = await providerProxy(simulator.url);
  const all = await startSystemUnderTest({
    ...options,
    datakeen: {
      ...account,
      apiUrl: api.url,
      authorizationScheme: 'Basic',
      urlSecrets: [...urlSecrets],
      sourceIps: [],
      newStatusFrom: 'every-url',
      ...datakeen,
    },
  });
  return {
    ...all,
    all,
    datakeen: simulator,
    api,
    post: (body, given) => all.post(body, { path: signedPath('case-1'), headers: {}, ...given }),
    async stop() {
      await all.stop();
      await api.stop();
      await simulator.stop();
    },
  };
}
