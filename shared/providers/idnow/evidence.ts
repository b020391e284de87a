import * as z from 'zod/mini';
import type { Artifact } from '../../contract/artifact.ts';
import type {
  CaseLookup,
  CaseToLookUp,
  EvidenceAdapter,
  ReadArchivedZip,
} from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Check } from '../../contract/identity.ts';
import type { Transition } from '../../contract/transition.ts';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../../platform/environment.ts';
import { EvidenceError, rethrowFailuresAs } from '../../provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { nullIfNoData } from '../../provider-api/null-if-no-data.ts';
import { convertToDownload } from '../../provider-api/provider-http.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from '../../provider-api/read-bounded.ts';
import { createRetryBudget } from '../../provider-api/retry-budget.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import { describesIdent } from './describes-ident.ts';
import { idnowDeadlineSeconds } from './evidence-deadline.ts';
import { type EvidenceRule, makeIdnowEvidenceRule } from './evidence-rule.ts';
import { IdnowApiSettings } from './gateways.ts';
import { identName, makeOlderIdentCheck } from './ident-is-current.ts';
import { isOlderThanStatement, makeIdentLookup } from './lookup.ts';
import { readIdents } from './read-idents.ts';
import { createIdnowApiSessions } from './sessions.ts';
import { IdnowSigningKey } from './settings.ts';
import { getCompanyIdOfVerification } from './verification-id.ts';
import { checkXmlSignatures } from './xml-signature.ts';

const Settings = {
  ...IdnowApiSettings,
  IDNOW_API_SECRET_ID: z.string().check(z.minLength(1)),
  /** True if the evidence of aborted and canceled idents is archived, too. */
  IDNOW_ARCHIVE_ENDED: z.stringbool(),
  /** True if the files in IDnow's ZIP are also archived one by one. */
  IDNOW_UNPACK_ZIP: z.stringbool(),
  /** A JSON list of IDnow's public keys in PEM format. If the list is empty, signatures are not checked. */
  IDNOW_SIGNING_KEYS: z.pipe(jsonEnvironmentVariable, z.array(IdnowSigningKey)),
};

/**
 * The time for which an ident that is older than its webhook is requested again. After this time, it is archived as it is,
 * and a check names it.
 */
const olderIdentMs = 30 * 60 * 1000;

const zipName = 'ident.zip';
const route = 'GET ident.json';

/** The maximum size of an ident. A real ident is about 2 KB of JSON. */
const maxIdentMiB = 5;

/** Creates the evidence adapter of IDnow. Its result is the answer of GET Ident. It also archives the ident's ZIP. */
export function createIdnowEvidenceAdapter(
  environment: EnvironmentVariables,
  tools: ProviderApiDependencies,
): EvidenceAdapter & CaseLookup {
  const settings = readEnvironmentVariables(environment, Settings);
  const wantsEvidence = makeIdnowEvidenceRule(settings.IDNOW_ARCHIVE_ENDED);
  const sessions = createIdnowApiSessions(
    { apiUrl: settings.IDNOW_API_URL, gateways: settings.IDNOW_GATEWAYS },
    tools.secret(settings.IDNOW_API_SECRET_ID),
    tools,
  );
  const sessionOf = (job: Pick<EvidenceJob, 'verificationId'>) =>
    sessions.forCompany(getCompanyIdOfVerification(job.verificationId));
  return {
    deadlineSeconds: idnowDeadlineSeconds,
    resultName: identName,
    contentType: 'application/json',
    async fetchResult(job, signal) {
      const session = patientSession(await sessionOf(job), tools);
      const answer = await session.call(route, session.url(`identifications/${pathSegment(job)}`), signal);
      const bytes = await readAnswerIntoMemory(route, answer, maxIdentMiB);
      const ident = readIdentOf(job, bytes);
      const mayBecomeNewer = tools.now() - Date.parse(job.requestedAt) < olderIdentMs;
      if (ident !== null && mayBecomeNewer && isOlderThanStatement(job, ident)) {
        throw new EvidenceError('not_ready', `${route}: answered an ident that is older than its webhook`);
      }
      return bytes;
    },
    async lookUp(of, signal) {
      const session = await sessionOf(of);
      try {
        const url = session.url(`identifications/${pathSegment(of)}`);
        const bytes = await readAnswerIntoMemory(route, await session.call(route, url, signal), maxIdentMiB);
        return readStatementOf(of, bytes, wantsEvidence);
      } catch (error) {
        return nullIfNoData(error);
      }
    },
    conclude(job, bytes) {
      const ident = readIdentOf(job, bytes);
      const isOlder = ident !== null && isOlderThanStatement(job, ident);
      const current = isOlder ? null : ident;
      return {
        artifacts: [zipOf(job, () => sessionOf(job), tools, settings.IDNOW_UNPACK_ZIP)],
        reference: null,
        reasons: current?.reasons ?? [],
        outcome: current?.outcome ?? null,
        findings: current?.findings ?? null,
        transition: current && makeIdentLookup(job, current),
        inspect: async (readZip) => [
          ...(isOlder ? [makeOlderIdentCheck(ident)] : []),
          ...(await checkSignature(readZip, settings.IDNOW_SIGNING_KEYS)),
        ],
      };
    },
  };
}

/**
 * Reads the bytes as the job's ident.
 *
 * @returns null if the ident's status or time is unknown to us: the archive keeps it, but it decides nothing
 * @throws EvidenceError if the bytes are no ident, or another ident
 */
function readIdentOf(job: EvidenceJob, bytes: Uint8Array): Transition | null {
  const [reading] = readIdents(parseIdentOf(job, bytes), { wantsEvidence: () => false });
  return reading?.kind === 'understood' ? reading.transition : null;
}

/**
 * Reads the bytes as the webhook that IDnow would send now, because a webhook has the content of GET Ident.
 *
 * @throws EvidenceError if the bytes are no ident, another ident, or an ident whose status or time is unknown to us
 */
function readStatementOf(of: CaseToLookUp, bytes: Uint8Array, wantsEvidence: EvidenceRule) {
  const [reading] = readIdents(parseIdentOf(of, bytes), { wantsEvidence });
  if (reading?.kind === 'understood') return reading.transition;
  throw new EvidenceError('unexpected', `${route}: answered an ident that we do not understand`);
}

function parseIdentOf({ verificationId }: CaseToLookUp, bytes: Uint8Array): unknown {
  const json = parseJsonAnswer(route, bytes);
  if (describesIdent(json, verificationId)) return json;
  throw new EvidenceError('unexpected', `${route}: answered no ident, or another one`);
}

/**
 * Makes a login session that repeats a request for some seconds after a 404, because a finished ident may appear in
 * IDnow's API a moment after its webhook. A 404 after these seconds means that IDnow has deleted the ident. Then a 404
 * for the ident's other file is not retried.
 */
function patientSession(session: ApiSession, { wait }: ProviderApiDependencies): ApiSession {
  let isGone = false;
  return {
    ...session,
    async call(route, url, signal) {
      const { retry } = createRetryBudget(wait, isGone ? [] : undefined);
      try {
        return await retry(['not_found', 'gone'], () => session.call(route, url, signal), signal);
      } catch (error) {
        isGone ||= error instanceof EvidenceError && ['not_found', 'gone'].includes(error.kind);
        return rethrowFailuresAs(['not_found'], 'gone')(error);
      }
    },
  };
}

/** Checks the signature of IDnow's XML result in the ZIP. Without keys, there is nothing to check it against. */
async function checkSignature(readZip: ReadArchivedZip, keys: readonly string[]): Promise<Check[]> {
  return keys.length === 0 ? [] : [await checkXmlSignatures(readZip(zipName), keys)];
}

/** Returns the artifact of an ident's ZIP. It logs in only when the ZIP is requested. */
function zipOf(
  job: EvidenceJob,
  logIn: () => Promise<ApiSession>,
  tools: ProviderApiDependencies,
  unpack: boolean,
): Artifact {
  const open = async (signal: AbortSignal) => {
    const session = patientSession(await logIn(), tools);
    const url = session.url(`identifications/${pathSegment(job)}.zip`);
    return convertToDownload(`GET ${zipName}`, await session.call(`GET ${zipName}`, url, signal));
  };
  return {
    name: zipName,
    contentType: 'application/zip',
    content: { kind: 'zip' },
    unpack,
    required: true,
    open,
  };
}

/**
 * Returns the transaction number as a segment of a URL's path. Rejects `.` and `..`, because they change the path even
 * if they are percent-encoded.
 */
function pathSegment({ reference }: CaseToLookUp): string {
  if (reference !== null && !/^\.{0,2}$/.test(reference)) return encodeURIComponent(reference);
  throw new EvidenceError('invalid', 'the job names no transaction number that a URL can hold');
}
