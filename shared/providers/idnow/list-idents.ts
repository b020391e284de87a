import * as z from 'zod/mini';
import type { ListedCase } from '../../contract/listed-case.ts';
import { getJsonMember } from '../../parsing/member-of.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../../platform/environment.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from '../../provider-api/read-bounded.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { type EvidenceRule, makeIdnowEvidenceRule } from './evidence-rule.ts';
import { IdnowApiSettings } from './gateways.ts';
import { readIdents } from './read-idents.ts';
import { createIdnowApiSessions } from './sessions.ts';
import { IdnowApiSecret } from './settings.ts';
import { getCompanyIdOfVerification } from './verification-id.ts';

/** The environment variables of IDnow's fetcher that a list needs (see `evidence.ts`). */
const Settings = {
  ...IdnowApiSettings,
  IDNOW_API_SECRET_ID: z.string().check(z.minLength(1)),
  IDNOW_ARCHIVE_ENDED: z.stringbool(),
};

/** IDnow's lists of idents: one per group of states. Each is a query parameter of GET Idents. */
const lists = ['pending', 'aborted', 'canceled', 'successful'] as const;

/** The maximum size of a list. An ident is about 2 KB, so a list may have 100,000 idents. IDnow documents no pages. */
const maxListMiB = 256;

/**
 * Lists the idents of all our accounts at IDnow. IDnow keeps an ident for 90 days. If a list cannot
 * be fetched, the other lists and accounts are still read.
 *
 * @throws EvidenceError `no_account` if IDnow's API secret has no accounts
 */
export async function* listIdnowIdents(
  environment: EnvironmentVariables,
  tools: ProviderApiDependencies,
  signal: AbortSignal,
): AsyncIterable<ListedCase> {
  const settings = readEnvironmentVariables(environment, Settings);
  const secret = tools.secret(settings.IDNOW_API_SECRET_ID);
  const accounts = await findCredential(
    secret,
    (value) => IdnowApiSecret.safeParse(value).data?.accounts,
    "no accounts in IDnow's API secret",
  );
  const api = { apiUrl: settings.IDNOW_API_URL, gateways: settings.IDNOW_GATEWAYS };
  const sessions = createIdnowApiSessions(api, secret, tools);
  const wantsEvidence = makeIdnowEvidenceRule(settings.IDNOW_ARCHIVE_ENDED);
  for (const { companyId } of accounts) {
    for (const list of lists) {
      try {
        const idents = await fetchList(await sessions.forCompany(companyId), list, signal);
        for (const ident of idents) yield* readListed(ident, companyId, wantsEvidence);
      } catch (error) {
        if (!(error instanceof EvidenceError)) throw error;
        yield { kind: 'not-listed', why: `${companyId}: ${error.message}` };
      }
    }
  }
}

/** Reads an ident of a list. The reader of a whole body accepts only as many idents as a webhook has. */
function* readListed(ident: unknown, companyId: string, wantsEvidence: EvidenceRule): Iterable<ListedCase> {
  for (const reading of readIdents(ident, { wantsEvidence })) {
    const id = reading.kind === 'understood' ? reading.transition.verificationId : reading.verificationId;
    const isForeign = id !== null && getCompanyIdOfVerification(id) !== companyId;
    yield isForeign
      ? { kind: 'not-listed', why: `${companyId}: the list has an ident of another account` }
      : reading;
  }
}

/**
 * Fetches a list. IDnow prints no sample of a list: its other samples wrap idents in `identifications`. A plain array is
 * accepted, too.
 *
 * @throws EvidenceError
 */
async function fetchList(
  session: ApiSession,
  list: (typeof lists)[number],
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const route = `GET identifications?${list}=true`;
  const answer = await session.call(route, session.url(`identifications?${list}=true`), signal);
  const json = parseJsonAnswer(route, await readAnswerIntoMemory(route, answer, maxListMiB));
  const idents = Array.isArray(json) ? json : getJsonMember(json, 'identifications');
  if (Array.isArray(idents)) return idents;
  throw new EvidenceError('unexpected', `${route}: answered no list of idents`);
}
