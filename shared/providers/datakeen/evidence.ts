import { createHash } from 'node:crypto';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { ResultSource } from '../../contract/evidence-source.ts';
import { type Environment, readEnvironment } from '../../platform/environment.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { parseJsonAnswer } from '../../provider-api/read-bounded.ts';
import { retryBudget } from '../../provider-api/retry-budget.ts';
import { assertDescribesSession } from './assert-describes-session.ts';
import { changedTransition } from './changed-transition.ts';
import { datakeenFindings } from './findings.ts';
import { lookupTransition } from './lookup-transition.ts';
import { controlsDecide } from './new-status-from.ts';
import { type ReadResult, readResult } from './read-result.ts';
import { type DatakeenSession, datakeenSession } from './session.ts';
import { encodedSessionId } from './session-id.ts';
import { ApiSettings, NewStatusSettings } from './settings.ts';

/**
 * Each Datakeen customer sets how long Datakeen keeps results. Three days include a weekend in which nobody corrects a
 * credential, and end the jobs of sessions that do not exist.
 */
const deadlineSeconds = 3 * 24 * 3600;

/**
 * How long a result that looks incomplete is requested again. After that, it is used as it is. A provider status proves
 * that the session has ended. Without a provider status, the hint may be forged and the user may still be in the session.
 */
const incompleteMs = { withStatus: 30_000, withoutStatus: 2 * 24 * 3600 * 1000 };

const route = 'GET session';

/** Datakeen's result of a session. It decides the outcome: the webhook only says that a result may exist. */
export function datakeenEvidence(environment: Environment, tools: EvidenceTools): ResultSource {
  const settings = readEnvironment(environment, { ...ApiSettings, ...NewStatusSettings });
  const session = datakeenSession(
    {
      url: settings.DATAKEEN_API_URL,
      scheme: settings.DATAKEEN_AUTHORIZATION_SCHEME,
      secret: tools.secret(settings.DATAKEEN_API_SECRET_ID),
    },
    tools,
  );
  return sessionEvidence(session, controlsDecide(settings.DATAKEEN_NEW_STATUS_FROM), tools);
}

/**
 * The same source for an API session that exists already.
 *
 * @param decides whether the controls of a result decide the outcome
 */
export function sessionEvidence(
  session: DatakeenSession,
  decides: boolean,
  { wait, now }: Pick<EvidenceTools, 'wait' | 'now'>,
): ResultSource {
  return {
    kind: 'result',
    deadlineSeconds,
    resultName: 'session.json',
    contentType: 'application/json',
    async fetchResult(job, signal) {
      const path = `backend/api/v1/session/${encodedSessionId(job.verificationId)}`;
      const get = () => session.get(route, path, signal);
      const { bytes, json } = await retryBudget(wait).retry(['not_found', 'gone'], get, signal);
      assertDescribesSession(route, json, job.verificationId);
      if (!readResult(json).complete && mayBeCompleted(job, now())) {
        throw new EvidenceError('not_ready', `${route}: answered an incomplete result`);
      }
      return bytes;
    },
    conclude(job, bytes) {
      const result = resultIn(bytes);
      const digest = createHash('sha256').update(bytes).digest('base64url');
      return {
        reference: null,
        artifacts: [],
        findings: async () => datakeenFindings(result, true),
        transition: lookupTransition(job, { result, digest }, decides),
      };
    },
    compare(job, { sequence, archived, current }) {
      return changedTransition({ ...job, sequence }, archived && resultIn(archived), resultIn(current));
    },
  };
}

/** @throws EvidenceError if the bytes are not JSON */
function resultIn(bytes: Uint8Array): ReadResult {
  return readResult(parseJsonAnswer(route, bytes));
}

function mayBeCompleted({ providerStatus, requestedAt, notBefore }: EvidenceJob, now: number): boolean {
  const waitMs = providerStatus === '' ? incompleteMs.withoutStatus : incompleteMs.withStatus;
  return now - Date.parse(notBefore ?? requestedAt) < waitMs;
}
