import * as z from 'zod/mini';
import { ConfigurationError } from '../../platform/errors.ts';
import type { CachedSecret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { jsonAnswer, makeUncertain } from '../../provider-api/request-change.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import type { CaseOpener } from '../case-adapter.ts';
import { buildId360CallbackEndpoints } from './callback-endpoints.ts';
import { parseEnrollmentId } from './enrollment-id.ts';
import { makeOwnId360Transition } from './own-transition.ts';
import { createId360ApiSession } from './session.ts';
import { Id360WebhookSecret } from './settings.ts';

interface Id360Cases {
  /** The base URL of ID360's API. */
  readonly apiUrl: string;
  readonly apiSecret: CachedSecret;
  /** The secret with the header that ID360 must send with each callback. */
  readonly webhookSecret: CachedSecret;
  /** The UUID of the process, from ID360's administration. */
  readonly processId: string;
}

const route = 'POST enrollment';

const Answer = z.looseObject({ id: z.unknown(), api_key: z.string().check(z.minLength(1)) });

/** Creates the code that opens ID360 enrollments (developer guide, 2: "Create a user folder"). */
export function createId360CaseOpener(
  { apiUrl, apiSecret, webhookSecret, processId }: Id360Cases,
  tools: ProviderApiDependencies,
): CaseOpener {
  const session = createId360ApiSession(apiUrl, apiSecret, tools);
  return {
    provider: 'id360',
    async open({ reference, callbackUrl, details }, signal) {
      if (callbackUrl === null) throw new ConfigurationError('ID360 needs a callback URL');
      if (typeof details.browser_callback_url !== 'string')
        throw new ConfigurationError(
          'Add --field browser_callback_url=URL: ID360 sends the browser there at the end',
        );
      const { name, values } = await findCredential(
        webhookSecret,
        (value) => Id360WebhookSecret.safeParse(value).data?.callbackHeader,
        "no callback header in ID360's webhook secret",
      );
      const [value] = values;
      if (value === undefined) throw new ConfigurationError("ID360's webhook secret has no callback header");
      const answer = await session.change(
        route,
        session.url(`api/1.0.0/process/${encodeURIComponent(processId)}/enrollment`),
        {
          method: 'POST',
          json: {
            ...details,
            client_reference: reference,
            ...buildId360CallbackEndpoints(callbackUrl, { name, value }),
          },
          success: jsonAnswer,
          signal,
        },
      );
      const created = Answer.safeParse(answer).data;
      const id = parseEnrollmentId(created?.id);
      // The answer is a success without an id: an enrollment exists, but nobody knows which one.
      if (created === undefined || id === null) throw makeUncertain(route);
      return {
        transition: makeOwnId360Transition(id, reference, 'NEW'),
        id,
        apiKey: created.api_key,
        link: buildUserLink(apiUrl, created.api_key),
      };
    },
  };
}

/**
 * Returns the link that opens an enrollment in the user's browser (developer guide, 4). The guide's link has the host
 * `www.id360docaposte.com`, but its API has the host `id360docaposte.com`. In pre-production, both are the same.
 */
function buildUserLink(apiUrl: string, apiKey: string): string {
  const url = new URL(`${withTrailingSlash(apiUrl)}static/process_ui/index.html`);
  if (url.host === 'id360docaposte.com') url.host = 'www.id360docaposte.com';
  return `${url.href}#/enrollment/${encodeURIComponent(apiKey)}`;
}
