import * as z from 'zod/mini';
import type { StateForProviderStatus } from '../../contract/state.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { CachedSecret } from '../../platform/secrets.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { makeUncertain } from '../../provider-api/request-change.ts';
import { type CaseOpener, makeOwnTransition } from '../case-adapter.ts';
import { createDatakeenApiSession } from './session.ts';
import { datakeenVerificationId, parseDatakeenSessionId } from './session-id.ts';
import type { DatakeenAuthorizationScheme } from './settings.ts';

interface DatakeenCases {
  /** The base URL of Datakeen's API. */
  readonly apiUrl: string;
  readonly apiSecret: CachedSecret;
  readonly authorizationScheme: DatakeenAuthorizationScheme;
}

const route = 'POST session';

const Answer = z.looseObject({
  data: z.looseObject({ sessionId: z.unknown(), link: z.string().check(z.minLength(1)) }),
});

/** The state of a Datakeen session that the user has not opened. Datakeen has no status for it. */
const created: StateForProviderStatus = {
  phase: 'created',
  outcome: null,
  finality: 'provisional',
  flags: [],
  rank: 0,
};

/** Creates the code that opens Datakeen sessions (IDify sessions, I.3: "Create a new session"). */
export function createDatakeenCaseOpener(
  { apiUrl, apiSecret, authorizationScheme }: DatakeenCases,
  tools: ProviderApiDependencies,
): CaseOpener {
  const api = { url: apiUrl, scheme: authorizationScheme, secret: apiSecret };
  const session = createDatakeenApiSession(api, tools);
  return {
    provider: 'datakeen',
    async open({ reference, callbackUrl, details }, signal) {
      if (callbackUrl === null) throw new ConfigurationError('Datakeen needs a webhook URL');
      const json = { ...details, webhookURL: callbackUrl };
      const { data } =
        Answer.safeParse(await session.post(route, 'backend/api/v1/session', json, signal)).data ?? {};
      const id = parseDatakeenSessionId(data?.sessionId);
      if (data === undefined || id === null) throw makeUncertain(route);
      const verificationId = datakeenVerificationId(id);
      return {
        transition: makeOwnTransition(
          {
            provider: 'datakeen',
            verificationId,
            source: '/providers/datakeen',
            reference,
            providerStatus: '',
          },
          created,
        ),
        id,
        apiKey: null,
        link: data.link,
      };
    },
  };
}
