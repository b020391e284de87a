import * as z from 'zod/mini';
import { ConfigurationError } from '../../platform/errors.ts';
import type { CachedSecret } from '../../platform/secrets.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { jsonAnswer, makeUncertain } from '../../provider-api/request-change.ts';
import { type CaseOpener, makeOwnTransition } from '../case-adapter.ts';
import { findApiUrlOfCompany, type IdnowApi } from './gateways.ts';
import { createIdnowApiSessions } from './sessions.ts';
import { idnowStatusRules } from './statuses.ts';
import { buildIdnowEventSource, idnowVerificationId, parseIdentIdParts } from './verification-id.ts';

interface IdnowCases extends IdnowApi {
  readonly apiSecret: CachedSecret;
  /** The shortname: IDnow's name of the customer account. */
  readonly companyId: string;
}

const route = 'POST start';

const Answer = z.looseObject({ id: z.string().check(z.minLength(1)) });

/**
 * Creates the code that opens idents (IDnow's API collection, "Create Ident"). The reference is the transaction number.
 * IDnow's webhook URL belongs to the account, so the request contains none.
 */
export function createIdnowCaseOpener(
  { apiSecret, companyId, ...api }: IdnowCases,
  tools: ProviderApiDependencies,
): CaseOpener {
  const sessions = createIdnowApiSessions(api, apiSecret, tools);
  return {
    provider: 'idnow',
    async open({ reference, details }, signal) {
      const name = parseIdentIdParts(companyId, reference);
      if (name === null || !/^[\w-]+$/.test(reference)) {
        throw new ConfigurationError(
          'a transaction number has 1 to 255 of the characters A-Z a-z 0-9 _ -, and an ident has a shortname',
        );
      }
      const session = await sessions.forCompany(companyId);
      const url = session.url(`identifications/${encodeURIComponent(reference)}/start`);
      const answer = await session.change(route, url, {
        method: 'POST',
        json: details,
        success: jsonAnswer,
        signal,
      });
      const created = Answer.safeParse(answer).data;
      if (created === undefined) throw makeUncertain(route);
      return {
        transition: makeOwnTransition(
          {
            provider: 'idnow',
            verificationId: idnowVerificationId(name),
            source: buildIdnowEventSource(name),
            reference,
            providerStatus: 'CREATED',
          },
          idnowStatusRules.CREATED,
        ),
        id: created.id,
        apiKey: null,
        link: buildUserLink(findApiUrlOfCompany(api, companyId), created.id),
      };
    },
  };
}

/**
 * Returns the link that opens an ident in the user's browser: `https://go.idnow.de/TST-ABCDE`. The host is that of the
 * API, with `go` instead of `gateway`.
 */
function buildUserLink(apiUrl: string, identId: string): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^gateway\./, 'go.')}/${encodeURIComponent(identId)}`;
}
