import * as z from 'zod/mini';
import { ConfigurationError } from '../platform/errors.ts';
import type { CachedSecret } from '../platform/secrets.ts';
import { findCredential } from '../provider-api/sessions/find-credential.ts';
import type { CaseOpener } from '../providers/case-adapter.ts';
import { createDatakeenCaseOpener } from '../providers/datakeen/open-case.ts';
import { createId360CaseOpener } from '../providers/id360/open-case.ts';
import { createIdnowCaseOpener } from '../providers/idnow/open-case.ts';
import { IdnowApiSecret } from '../providers/idnow/settings.ts';
import { signCallbackUrl } from '../receiving/sign-callback-url.ts';
import { type CaseStack, createStackApiTools, readStackSecret } from './case-stack.ts';
import { type CaseRegistration, recordOwnTransition } from './record-own-transition.ts';

/** The case to open. The fields that the three providers have in common. */
interface NewCaseOfAnyProvider {
  /** Your own id of the case. It comes back on each event. For IDnow, it is the transaction number. */
  readonly reference: string;
  /** Further fields of the provider's request, under the provider's own names: the user's name, for example. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export type NewCaseAtProvider =
  | (NewCaseOfAnyProvider & {
      readonly provider: 'idnow';
      /** Your shortname. You may omit it if the stack's API secret has one account only. */
      readonly companyId?: string | undefined;
    })
  | (NewCaseOfAnyProvider & {
      readonly provider: 'id360';
      /** The UUID of the process. `details` must contain `browser_callback_url`. */
      readonly processId: string;
    })
  | (NewCaseOfAnyProvider & { readonly provider: 'datakeen' });

/** An opened case. Keep it: ID360 and Datakeen never tell `id` and `apiKey` again. */
export interface OpenedCase {
  readonly verificationId: string;
  readonly reference: string;
  /** The provider's id of the case: an IdentID, the id of an enrollment, or the id of a Datakeen session. */
  readonly id: string;
  /** ID360's `api_key`, which is a secret of this case; null for other providers. */
  readonly apiKey: string | null;
  /** The link to which you send the user. */
  readonly link: string;
  /** Whether the case is registered as `created`. If this failed, the case exists at the provider nevertheless. */
  readonly registration: CaseRegistration;
}

/** The time-out of all calls of the provider's API together, in milliseconds. */
const timeoutMs = 60_000;

/**
 * Opens a case at a provider, with the callback and the secrets of the stack, and registers it as `created`. The request
 * is sent exactly once.
 *
 * @throws ConfigurationError if an argument or a secret is missing
 * @throws EvidenceError if the provider refused
 * @throws UncertainChangeError if the case may exist at the provider, because its answer is missing or unreadable
 */
export async function openCase(newCase: NewCaseAtProvider, stack: CaseStack): Promise<OpenedCase> {
  const { provider, reference, details = {} } = newCase;
  const callbackUrl = provider === 'idnow' ? null : await signUrl(stack, provider, reference);
  const opened = await (await createOpener(newCase, stack)).open(
    { reference, callbackUrl, details },
    AbortSignal.timeout(timeoutMs),
  );
  const { transition, id, apiKey, link } = opened;
  const registration = await recordOwnTransition(transition, stack);
  return { verificationId: transition.verificationId, reference, id, apiKey, link, registration };
}

async function createOpener(newCase: NewCaseAtProvider, stack: CaseStack): Promise<CaseOpener> {
  const { provider } = newCase;
  const apiUrl = stack.apiUrls[provider];
  if (apiUrl === undefined) throw new ConfigurationError(`the stack has no provider ${provider}`);
  const api = { apiUrl, apiSecret: readStackSecret(stack, provider, 'api') };
  const tools = createStackApiTools(stack);
  switch (newCase.provider) {
    case 'idnow': {
      const companyId = newCase.companyId ?? (await findOnlyCompanyId(api.apiSecret));
      return createIdnowCaseOpener({ ...api, gateways: stack.idnowGateways, companyId }, tools);
    }
    case 'id360': {
      const webhookSecret = readStackSecret(stack, provider, 'webhook');
      return createId360CaseOpener({ ...api, webhookSecret, processId: newCase.processId }, tools);
    }
    case 'datakeen': {
      const { authorizationScheme = 'Basic' } = stack;
      return createDatakeenCaseOpener({ ...api, authorizationScheme }, tools);
    }
  }
}

function findOnlyCompanyId(apiSecret: CachedSecret): Promise<string> {
  return findCredential(
    apiSecret,
    (value) => {
      const [account, ...others] = IdnowApiSecret.safeParse(value).data?.accounts ?? [];
      return others.length === 0 ? account?.companyId : undefined;
    },
    'The API secret of IDnow has no account or several. Name the shortname with --company',
  );
}

const UrlSecrets = z.object({ urlSecrets: z.array(z.unknown()) });

/** Signs the callback URL with the newest secret, which is the first one in the list that is usable. */
async function signUrl(stack: CaseStack, provider: 'id360' | 'datakeen', reference: string): Promise<string> {
  const secret = await findCredential(
    readStackSecret(stack, provider, 'webhook'),
    (value) =>
      UrlSecrets.safeParse(value).data?.urlSecrets.find(
        (each): each is string => typeof each === 'string' && each !== '',
      ),
    `no secret that signs URLs in the webhook secret of ${provider}`,
  );
  return signCallbackUrl({ base: stack.webhooksUrl, provider, reference, secret });
}
