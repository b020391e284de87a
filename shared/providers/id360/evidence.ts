import * as z from 'zod';
import type { ArtifactContent } from '../../contract/artifact-content.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { EvidenceSource } from '../../contract/evidence-source.ts';
import { type Environment, readEnvironment } from '../../platform/environment.ts';
import { EvidenceError, rethrowAs } from '../../provider-api/evidence-error.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { inMemoryArtifact } from '../../provider-api/in-memory-artifact.ts';
import { parseJsonAnswer, readBounded } from '../../provider-api/read-bounded.ts';
import { type RetryBudget, retryBudget } from '../../provider-api/retry-budget.ts';
import { documentFile, remoteFile, unreachableFile } from './artifacts.ts';
import { encodedEnrollmentId, id360VerificationId } from './enrollment-id.ts';
import { lookupTransition } from './lookup-transition.ts';
import { type ReadReport, readReport } from './read-report.ts';
import { type Id360Session, id360Session } from './session.ts';
import { ApiSettings, FilePath } from './settings.ts';

const Settings = {
  ...ApiSettings,
  /** Paths of further files, with `{id}` for the enrollment; empty: not fetched. */
  ID360_IDCLAIM_PATH: z.union([FilePath, z.literal('')]),
  ID360_PDF_PATH: z.union([FilePath, z.literal('')]),
};

/** A report is available to an application for 7 days; one is left to act. */
const deadlineSeconds = 6 * 24 * 3600;

const route = 'GET report';
const reportName = 'report.json';

/** A report is some 100 KB of JSON; it has to be read whole, to know the documents. */
const maxReportMiB = 20;

/** ID360's result of an enrollment: the report, and every page of every document that it lists. */
export function id360Evidence(environment: Environment, tools: EvidenceTools): EvidenceSource {
  const settings = readEnvironment(environment, Settings);
  const session = id360Session(settings.ID360_API_URL, tools.secret(settings.ID360_API_SECRET_ID), tools);
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
  return enrollmentEvidence(
    session,
    further.filter(({ path }) => path !== ''),
    tools,
  );
}

interface FurtherFile {
  readonly name: string;
  readonly type: string;
  readonly content: ArtifactContent;
  /** With `{id}` for the enrollment. */
  readonly path: string;
}

/** The same, of a session that is logged in. */
export function enrollmentEvidence(
  session: Id360Session,
  further: readonly FurtherFile[],
  { wait }: Pick<EvidenceTools, 'wait'>,
): EvidenceSource {
  return {
    deadlineSeconds,
    async fetch(job, keep, signal) {
      const id = encodedEnrollmentId(job.verificationId);
      const askForReport = async () => {
        const answer = await fetchReport(session, retryBudget(wait), id, signal);
        // What is no result of this enrollment is not kept as one.
        readReportOf(job, answer);
        return answer;
      };
      const bytes = await keep(reportName, 'application/json', askForReport, signal);
      const report = readReportOf(job, bytes);
      const files = retryBudget(wait);
      return {
        artifacts: [
          inMemoryArtifact(reportName, 'application/json', bytes),
          ...report.documents.map((page, index) => remoteFile(session, files, documentFile(page, index))),
          ...report.unreadable.map(unreachableFile),
          ...further.map((file) =>
            remoteFile(session, files, { ...file, path: file.path.replaceAll('{id}', () => id) }),
          ),
        ],
        reference: report.reference,
        reasons: report.reasons,
        findings: async () => report.findings,
        outcome: report.status?.rule.outcome ?? null,
        transition: lookupTransition(job, report),
      };
    },
  };
}

/** @throws EvidenceError */
function readReportOf(job: EvidenceJob, bytes: Uint8Array): ReadReport {
  const report = readReport(parseJsonAnswer(route, bytes));
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

/** The same UUID may be written in capitals. */
function isOf(job: EvidenceJob, id: string): boolean {
  return id360VerificationId(id).toLowerCase() === job.verificationId.toLowerCase();
}

/** Never with `allow_draft`: a draft may change, and asking for one may block the user. */
async function fetchReport(
  session: Id360Session,
  { retry }: RetryBudget,
  id: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const url = session.url(`api/1.0.0/enrollment/${id}/report`);
  // 404: unknown, or older than 7 days.
  const call = () => session.call(route, url, signal);
  const response = await retry(['not_found', 'gone'], call, signal).catch(rethrowAs(['not_found'], 'gone'));
  return readBounded(route, response, maxReportMiB);
}
