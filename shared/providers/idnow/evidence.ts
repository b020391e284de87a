import * as z from 'zod/mini';
import type { Artifact } from '../../contract/artifact.ts';
import type { ExpectedArtifactContent } from '../../contract/artifact-content.ts';
import type { EvidenceAdapterWithoutResult, ReadArchivedZip } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Check } from '../../contract/identity.ts';
import {
  type EnvironmentVariables,
  jsonEnvironmentVariable,
  readEnvironmentVariables,
} from '../../platform/environment.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { EvidenceError, rethrowFailuresAs } from '../../provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { convertToDownload } from '../../provider-api/provider-http.ts';
import { createRetryBudget } from '../../provider-api/retry-budget.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import { describesIdent } from './describes-ident.ts';
import { idnowDeadlineSeconds } from './evidence-deadline.ts';
import { createIdnowApiSessions } from './sessions.ts';
import { IdnowSigningKey } from './settings.ts';
import { getCompanyIdOfVerification } from './verification-id.ts';
import { checkXmlSignatures } from './xml-signature.ts';

const Settings = {
  /** The base URL of IDnow's gateway in the region of our account, for example `https://gateway.idnow.de`. */
  IDNOW_API_URL: ApiUrl,
  IDNOW_API_SECRET_ID: z.string().check(z.minLength(1)),
  /** True if the files in IDnow's ZIP are also archived one by one. */
  IDNOW_UNPACK_ZIP: z.stringbool(),
  /** A JSON list of IDnow's public keys in PEM format. If the list is empty, signatures are not checked. */
  IDNOW_SIGNING_KEYS: z.pipe(jsonEnvironmentVariable, z.array(IdnowSigningKey)),
};

const zipName = 'ident.zip';

/** Creates the evidence adapter of IDnow. It archives two files of an ident: the answer of GET Ident, and the ZIP. */
export function createIdnowEvidenceAdapter(
  environment: EnvironmentVariables,
  tools: ProviderApiDependencies,
): EvidenceAdapterWithoutResult {
  const settings = readEnvironmentVariables(environment, Settings);
  const sessions = createIdnowApiSessions(
    settings.IDNOW_API_URL,
    tools.secret(settings.IDNOW_API_SECRET_ID),
    tools,
  );
  return {
    kind: 'files',
    deadlineSeconds: idnowDeadlineSeconds,
    async list(job) {
      const session = await sessions.forCompany(getCompanyIdOfVerification(job.verificationId));
      const patient = patientSession(session, tools);
      const ident: IdentFile = {
        name: 'ident.json',
        contentType: 'application/json',
        content: { kind: 'json', describesCase: (json) => describesIdent(json, job.verificationId) },
        suffix: '',
        unpack: false,
      };
      const zip: IdentFile = {
        name: zipName,
        contentType: 'application/zip',
        content: { kind: 'zip' },
        suffix: '.zip',
        unpack: settings.IDNOW_UNPACK_ZIP,
      };
      const artifacts = [ident, zip].map((file) => artifactOf(patient, job, file));
      return {
        artifacts,
        reference: null,
        // The webhook already contained all data about the person, so no data is read from the files.
        findings: null,
        inspect: (readZip) => checkSignature(readZip, settings.IDNOW_SIGNING_KEYS),
      };
    },
  };
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

interface IdentFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: ExpectedArtifactContent;
  /** The part of the file's URL after the transaction number. */
  readonly suffix: string;
  readonly unpack: boolean;
}

function artifactOf(session: ApiSession, job: EvidenceJob, { suffix, ...file }: IdentFile): Artifact {
  const open = async (signal: AbortSignal) => {
    const url = session.url(`identifications/${pathSegment(job)}${suffix}`);
    const route = `GET ${file.name}`;
    return convertToDownload(route, await session.call(route, url, signal));
  };
  return { ...file, required: true, open };
}

/**
 * Returns the transaction number as a segment of a URL's path. Rejects `.` and `..`, because they change the path even
 * if they are percent-encoded.
 */
function pathSegment({ reference }: EvidenceJob): string {
  if (reference !== null && !/^\.{0,2}$/.test(reference)) return encodeURIComponent(reference);
  throw new EvidenceError('invalid', 'the job names no transaction number that a URL can hold');
}
