import type { LocalId360Config } from '../../local/providers/id360.ts';
import {
  type Id360Simulator,
  startId360Simulator,
} from '../../local/simulators/id360/start-id360-simulator.ts';
import type { LocalSystemOptions } from '../../local/start-system.ts';
import { signCallbackUrl } from '../../shared/receiving/sign-callback-url.ts';
import { type ProviderProxy, providerProxy } from './provider-proxy.ts';
import {
  type Answer,
  type PostOptions,
  type SystemUnderTest,
  startSystemUnderTest,
} from './system-under-test.ts';

export interface Id360UnderTest extends Omit<SystemUnderTest, 'simulator' | 'post'> {
  readonly id360: Id360Simulator;
  /** The proxy between the system and the ID360 simulator. */
  readonly api: ProviderProxy;
  /** POSTs a body to ID360's webhook with the right secret header. `options` replace the path and the headers. */
  post(body: unknown, options?: PostOptions): Promise<Answer>;
  /**
   * This system in the type `SystemUnderTest`, with IDnow's `post` and `simulator`. Some test helpers need this type.
   */
  readonly all: SystemUnderTest;
}

export const account = { username: 'a-test-application', password: 'a-test-api-password' };
export const callbackHeader = {
  name: 'X-Callback-Token',
  values: ['a-test-header-value', 'the-next-header-value'],
} as const;
export const urlSecrets = ['a-test-url-secret', 'the-next-url-secret'] as const;

/** The secret header that ID360 sends with each callback. */
export const token = { [callbackHeader.name]: callbackHeader.values[0] };

/** Returns the path of a signed URL for ID360's callbacks. */
export function signedPath(reference: string, secret: string = urlSecrets[0]): string {
  return new URL(signCallbackUrl({ base: 'http://any.example', provider: 'id360', reference, secret }))
    .pathname;
}

type Options = Pick<LocalSystemOptions, 'interceptEndpoint' | 'mostInstances'> & {
  readonly id360?: Partial<LocalId360Config>;
};

/** Starts the whole system on a free port, with an ID360 simulator that the test controls. */
export async function startId360UnderTest({ id360, ...options }: Options = {}): Promise<Id360UnderTest> {
  const simulator = await startId360Simulator(account);
  const api = await providerProxy(simulator.url);
  const all = await startSystemUnderTest({
    ...options,
    id360: {
      ...account,
      apiUrl: api.url,
      callbackHeader: { name: callbackHeader.name, values: [...callbackHeader.values] },
      urlSecrets: [...urlSecrets],
      sourceIps: [],
      idclaimPath: null,
      pdfPath: null,
      ...id360,
    },
  });
  return {
    ...all,
    all,
    id360: simulator,
    api,
    post: (body, given) => all.post(body, { path: '/webhooks/id360', headers: token, ...given }),
    async stop() {
      await all.stop();
      await api.stop();
      await simulator.stop();
    },
  };
}
