import * as z from 'zod/mini';
import type { ExpectedArtifactContent } from '../../contract/artifact-content.ts';
import type { CaseLookup, EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../../platform/environment.ts';
import { EvidenceError, rethrowFailuresAs } from '../../provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { nullIfNoData } from '../../provider-api/null-if-no-data.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from '../../provider-api/read-bounded.ts';
import { createRetryBudget, type RetryBudget } from '../../provider-api/retry-budget.ts';
import type { ApiSession } from '../../provider-api/sessions/api-session.ts';
import { getFileOfDocumentPage, makeRemoteFileArtifact, makeUnreachableFileArtifact } from './artifacts.ts';
import { getEncodedEnrollmentId, id360VerificationId } from './enrollment-id.ts';
import { id360DeadlineSeconds } from './evidence-deadline.ts';
import { makeId360LookupTransition } from './lookup-transition.ts';
import { makeHintForLostCallback } from './lost-callback.ts';
import { type Id360Report, readId360Report } from './read-report.ts';
import { createId360ApiSession } from './session.ts';
import { EnrollmentFilePath, Id360ApiSettings } from './settings.ts';

const Settings = {
  ...Id360ApiSettings,
  /**
   * The API paths of two optional files, with `{id}` for the enrollment's id. If a path is empty, its file is not
   * fetched.
   */
  ID360_IDCLAIM_PATH: z.union([EnrollmentFilePath, z.literal('')]),
  ID360_PDF_PATH: z.union([EnrollmentFilePath, z.literal('')]),
};

const route = 'GET report';

/** The maximum size of a report. A real report is about 100 KB of JSON. */
const maxReportMiB = 20;

/**
 * Creates the evidence adapter of ID360. The result that it fetches is the report of an enrollment. It also archives every
 * page of every document in the report, and two optional files.
 */
export function createId360EvidenceAdapter(
  environment: EnvironmentVariables,
  tools: ProviderApiDependencies,
): EvidenceAdapter & CaseLookup {
  const settings = readEnvironmentVariables(environment, Settings);
  const session = createId360ApiSession(
    settings.ID360_API_URL,
    tools.secret(settings.ID360_API_SECRET_ID),
    tools,
  );
  const further = [
    {
      name: 'idclaim.asice',
      type: 'application/vnd.etsi.asic-e+zip',
      content: { kind: 'zip' },
      path: settings.ID360_IDCLAIM_PATH,
    },
    {
      name: 'report.pdf',
      type: 'application/pdf',
      content: { kind: 'pdf' },
      path: settings.ID360_PDF_PATH,
    },
  ] as const;
  return createId360ApiEvidenceAdapter(
    session,
    further.filter(({ path }) => path !== ''),
    tools,
  );
}

interface FurtherFile {
  readonly name: string;
  readonly type: string;
  readonly content: ExpectedArtifactContent;
  /** The path of the optional file, below the base URL of ID360's API. It contains `{id}` for the enrollment's id. */
  readonly path: string;
}

/** Like `createId360EvidenceAdapter`, but with a given session at ID360's API, and a given list of optional files. */
export function createId360ApiEvidenceAdapter(
  session: ApiSession,
  further: readonly FurtherFile[],
  { wait }: Pick<ProviderApiDependencies, 'wait'>,
): EvidenceAdapter & CaseLookup {
  return {
    deadlineSeconds: id360DeadlineSeconds,
    resultName: 'report.json',
    contentType: 'application/json',
    async fetchResult(job, signal) {
      const bytes = await fetchReport(
        session,
        createRetryBudget(wait),
        getEncodedEnrollmentId(job.verificationId),
        signal,
      );
      // If the bytes are no report of this enrollment, throw an error before they are archived.
      readReportOf(job, bytes);
      return bytes;
    },
    async lookUp(of, signal) {
      const id = getEncodedEnrollmentId(of.verificationId);
      try {
        const response = await session.call(route, session.url(reportPath(id)), signal);
        const report = readReportOf(of, await readAnswerIntoMemory(route, response, maxReportMiB));
        return makeHintForLostCallback(of, report);
      } catch (error) {
        return nullIfNoData(error);
      }
    },
    conclude(job, bytes) {
      const id = getEncodedEnrollmentId(job.verificationId);
      const report = readReportOf(job, bytes);
      const files = createRetryBudget(wait);
      return {
        artifacts: [
          ...report.documents.map((page, index) =>
            makeRemoteFileArtifact(session, files, getFileOfDocumentPage(page, index)),
          ),
          ...report.unreadable.map(makeUnreachableFileArtifact),
          ...further.map((file) =>
            makeRemoteFileArtifact(session, files, { ...file, path: file.path.replaceAll('{id}', () => id) }),
          ),
        ],
        reference: report.reference,
        reasons: report.reasons,
        findings: report.findings,
        outcome: report.status?.rule.outcome ?? null,
        transition: makeId360LookupTransition(job, report),
      };
    },
  };
}

/**
 * Reads the bytes as the report of the job's enrollment.
 *
 * @throws EvidenceError if the bytes are no report of this enrollment, or if the enrollment is still open
 */
function readReportOf(job: Pick<EvidenceJob, 'verificationId'>, bytes: Uint8Array): Id360Report {
  const report = readId360Report(parseJsonAnswer(route, bytes));
  if (report.id === null) {
    throw new EvidenceError('unexpected', `${route}: answered no report that names its enrollment`);
  }
  if (!isOf(job, report.id)) {
    throw new EvidenceError('unexpected', `${route}: answered the report of another enrollment`);
  }
  if (report.status?.rule.finality === 'provisional') {
    throw new EvidenceError('not_ready', `${route}: answered the report of an open enrollment`);
  }
  return report;
}

/**
 * Compares the enrollment ids without regard to upper and lower case, because ID360 may write the same UUID in either.
 */
function isOf(job: Pick<EvidenceJob, 'verificationId'>, id: string): boolean {
  return id360VerificationId(id).toLowerCase() === job.verificationId.toLowerCase();
}

const reportPath = (encodedId: string) => `api/1.0.0/enrollment/${encodedId}/report`;

/**
 * Fetches the report without the parameter `allow_draft`. A draft of a report may change, and a request for a draft may
 * block the user.
 */
async function fetchReport(
  session: ApiSession,
  { retry }: RetryBudget,
  id: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const url = session.url(reportPath(id));
  // A 404 means that the enrollment is unknown or older than 7 days.
  const call = () => session.call(route, url, signal);
  const response = await retry(['not_found', 'gone'], call, signal).catch(
    rethrowFailuresAs(['not_found'], 'gone'),
  );
  return readAnswerIntoMemory(route, response, maxReportMiB);
}
