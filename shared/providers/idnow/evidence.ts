import * as z from 'zod';
import type { Artifact } from '../../contract/artifact.ts';
import type { ArtifactContent } from '../../contract/artifact-content.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { FileSource, ReadZip } from '../../contract/evidence-source.ts';
import { type Findings, noFindings } from '../../contract/identity.ts';
import { type Environment, jsonVariable, readEnvironment } from '../../platform/environment.ts';
import { ApiUrl } from '../../provider-api/api-url.ts';
import { EvidenceError, rethrowAs } from '../../provider-api/evidence-error.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { downloadOf } from '../../provider-api/provider-http.ts';
import { retryBudget } from '../../provider-api/retry-budget.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import { describesIdent } from './describes-ident.ts';
import { idnowSessions } from './sessions.ts';
import { SigningKey } from './settings.ts';
import { companyIdOf } from './verification-id.ts';
import { xmlSignatureCheck } from './xml-signature.ts';

const Settings = {
  /** The base URL of IDnow's gateway in the region of our account, for example `https://gateway.idnow.de`. */
  IDNOW_API_URL: ApiUrl,
  IDNOW_API_SECRET_ID: z.string().min(1),
  /** True if the files in IDnow's ZIP are also archived one by one. */
  IDNOW_UNPACK_ZIP: z.stringbool(),
  /** A JSON list of IDnow's public keys in PEM format. If the list is empty, signatures are not checked. */
  IDNOW_SIGNING_KEYS: jsonVariable.pipe(z.array(SigningKey)),
};

/**
 * The time after which an IDnow job ends: a week. IDnow keeps idents for 90 days, but SQS counts at most 1000 receives
 * of a message, and each try is one receive. Four tries an hour for a week stay below 1000.
 */
const deadlineSeconds = 7 * 24 * 3600;

const zipName = 'ident.zip';

/** Makes IDnow's evidence half. It archives two files of an ident: the answer of GET Ident, and the ZIP. */
export function idnowEvidence(environment: Environment, tools: EvidenceTools): FileSource {
  const settings = readEnvironment(environment, Settings);
  const sessions = idnowSessions(settings.IDNOW_API_URL, tools.secret(settings.IDNOW_API_SECRET_ID), tools);
  return {
    kind: 'files',
    deadlineSeconds,
    async list(job) {
      const session = await sessions.forCompany(companyIdOf(job.verificationId));
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
        findings: (readZip) => findingsOf(readZip, settings.IDNOW_SIGNING_KEYS),
      };
    },
  };
}

/**
 * Makes a session that retries a 404 for some seconds, because a finished ident may appear in IDnow's API a moment
 * after its webhook. If the ident is still missing then, IDnow has deleted it. A 404 for its other file is then not
 * retried.
 */
function patientSession(session: ApiSession, { wait }: EvidenceTools): ApiSession {
  let isGone = false;
  return {
    ...session,
    async call(route, url, signal) {
      const { retry } = retryBudget(wait, isGone ? [] : undefined);
      try {
        return await retry(['not_found', 'gone'], () => session.call(route, url, signal), signal);
      } catch (error) {
        isGone ||= error instanceof EvidenceError && ['not_found', 'gone'].includes(error.kind);
        return rethrowAs(['not_found'], 'gone')(error);
      }
    },
  };
}

/**
 * Checks the signature of the XML in the ZIP. Nothing else is read from the ZIP, because the webhook already contained
 * all data about the person.
 */
async function findingsOf(readZip: ReadZip, keys: readonly string[]): Promise<Findings> {
  if (keys.length === 0) return noFindings;
  const check = await xmlSignatureCheck(readZip(zipName), keys);
  return { ...noFindings, checks: [check] };
}

interface IdentFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: ArtifactContent;
  /** The part of the URL after the transaction number. */
  readonly suffix: string;
  readonly unpack: boolean;
}

function artifactOf(session: ApiSession, job: EvidenceJob, { suffix, ...file }: IdentFile): Artifact {
  const open = async (signal: AbortSignal) => {
    const url = session.url(`identifications/${pathSegment(job)}${suffix}`);
    const route = `GET ${file.name}`;
    return downloadOf(route, await session.call(route, url, signal));
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
