import { createHash } from 'node:crypto';
import type { CaseLookup, EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from '../../platform/environment.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { nullIfNoData } from '../../provider-api/null-if-no-data.ts';
import { parseJsonAnswer } from '../../provider-api/read-bounded.ts';
import { createRetryBudget } from '../../provider-api/retry-budget.ts';
import { assertDescribesSession } from './assert-describes-session.ts';
import { makeHintForChangedResult } from './changed-transition.ts';
import { datakeenDeadlineSeconds } from './evidence-deadline.ts';
import { makeDatakeenFindings } from './findings.ts';
import { makeDatakeenLookupTransition } from './lookup-transition.ts';
import { areControlsDecisive } from './new-status-from.ts';
import { type DatakeenResult, readDatakeenResult } from './read-result.ts';
import { createDatakeenApiSession, type DatakeenApiSession } from './session.ts';
import { getEncodedDatakeenSessionId } from './session-id.ts';
import { DatakeenApiSettings, DatakeenNewStatusSettings } from './settings.ts';

/**
 * The time during which we request an incomplete result again. After this time, we use the incomplete result.
 *
 * - If the hint had a provider status, the time is short, because the status proves that the session has ended.
 * - If the hint had none, the time is long: the hint may be forged, and the user may still be in the session.
 */
const incompleteMs = { withStatus: 30_000, withoutStatus: 2 * 24 * 3600 * 1000 };

const route = 'GET session';

/**
 * Creates the evidence adapter of Datakeen. The result of a session decides the case, because a webhook of Datakeen only
 * says that a result may exist.
 */
export function createDatakeenEvidenceAdapter(
  environment: EnvironmentVariables,
  tools: ProviderApiDependencies,
): EvidenceAdapter & CaseLookup {
  const settings = readEnvironmentVariables(environment, {
    ...DatakeenApiSettings,
    ...DatakeenNewStatusSettings,
  });
  const session = createDatakeenApiSession(
    {
      url: settings.DATAKEEN_API_URL,
      scheme: settings.DATAKEEN_AUTHORIZATION_SCHEME,
      secret: tools.secret(settings.DATAKEEN_API_SECRET_ID),
    },
    tools,
  );
  return createDatakeenApiEvidenceAdapter(
    session,
    areControlsDecisive(settings.DATAKEEN_NEW_STATUS_FROM),
    tools,
  );
}

/**
 * Like `createDatakeenEvidenceAdapter`, but with a given session at Datakeen's API.
 *
 * @param decides true if the controls of a result can decide the outcome
 */
export function createDatakeenApiEvidenceAdapter(
  session: DatakeenApiSession,
  decides: boolean,
  { wait, now }: Pick<ProviderApiDependencies, 'wait' | 'now'>,
): EvidenceAdapter & CaseLookup {
  return {
    deadlineSeconds: datakeenDeadlineSeconds,
    resultName: 'session.json',
    contentType: 'application/json',
    async fetchResult(job, signal) {
      const get = () => session.get(route, sessionPath(job), signal);
      const { bytes, json } = await createRetryBudget(wait).retry(['not_found', 'gone'], get, signal);
      assertDescribesSession(route, json, job.verificationId);
      if (!readDatakeenResult(json).complete && mayBeCompleted(job, now())) {
        throw new EvidenceError('not_ready', `${route}: answered an incomplete result`);
      }
      return bytes;
    },
    async lookUp(of, signal) {
      try {
        const { json } = await session.get(route, sessionPath(of), signal);
        assertDescribesSession(route, json, of.verificationId);
        const result = readDatakeenResult(json);
        return result.complete ? makeHintForChangedResult(of, null, result) : null;
      } catch (error) {
        return nullIfNoData(error);
      }
    },
    conclude(job, bytes) {
      const result = resultIn(bytes);
      const digest = createHash('sha256').update(bytes).digest('base64url');
      const transition = makeDatakeenLookupTransition(job, { result, digest }, decides);
      return {
        reference: null,
        artifacts: [],
        findings: transition?.findings ?? makeDatakeenFindings(result, null),
        outcome: transition?.outcome ?? null,
        transition,
      };
    },
    compare(job, { sequence, archived, current }) {
      return makeHintForChangedResult(
        { ...job, sequence },
        archived && resultIn(archived),
        resultIn(current),
      );
    },
  };
}

const sessionPath = ({ verificationId }: Pick<EvidenceJob, 'verificationId'>) =>
  `backend/api/v1/session/${getEncodedDatakeenSessionId(verificationId)}`;

/**
 * Reads the bytes of a Datakeen result.
 *
 * @throws EvidenceError if the bytes are not JSON
 */
function resultIn(bytes: Uint8Array): DatakeenResult {
  return readDatakeenResult(parseJsonAnswer(route, bytes));
}

function mayBeCompleted({ providerStatus, requestedAt, notBefore }: EvidenceJob, now: number): boolean {
  const waitMs = providerStatus === '' ? incompleteMs.withoutStatus : incompleteMs.withStatus;
  return now - Date.parse(notBefore ?? requestedAt) < waitMs;
}
