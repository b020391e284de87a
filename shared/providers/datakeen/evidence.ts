import { createHash } from 'node:crypto';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { EvidenceSource } from '../../contract/evidence-source.ts';
import { type Environment, readEnvironment } from '../../platform/environment.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { inMemoryArtifact } from '../../provider-api/in-memory-artifact.ts';
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
 * How long results are kept is the user's own setting at Datakeen. Three days are a weekend in which nobody mends a
 * credential, and an end for sessions that somebody made up.
 */
const deadlineSeconds = 3 * 24 * 3600;

/**
 * How long a result that looks incomplete is asked for again, and then taken as it is. With a word Datakeen has said
 * that the session is over; without one, somebody may have made it up, and the user be still at it.
 */
const incompleteMs = { withWord: 30_000, withoutWord: 2 * 24 * 3600 * 1000 };

const route = 'GET session';
const name = 'session.json';

interface Fetched {
  /** As they came. */
  readonly bytes: Uint8Array;
  readonly result: ReadResult;
}

/** Datakeen's result of a session, which decides the outcome: the webhook only says that there may be one. */
export function datakeenEvidence(environment: Environment, tools: EvidenceTools): EvidenceSource {
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

/** The same, of a session that is logged in. */
export function sessionEvidence(
  session: DatakeenSession,
  decides: boolean,
  { wait, now }: Pick<EvidenceTools, 'wait' | 'now'>,
): EvidenceSource {
  const ask = async (job: EvidenceJob, signal: AbortSignal): Promise<Fetched> => {
    const path = `backend/api/v1/session/${encodedSessionId(job.verificationId)}`;
    const get = () => session.get(route, path, signal);
    const { bytes, json } = await retryBudget(wait).retry(['not_found', 'gone'], get, signal);
    assertDescribesSession(route, json, job.verificationId);
    const result = readResult(json);
    if (!result.complete && mayBeCompleted(job, now())) {
      throw new EvidenceError('not_ready', `${route}: answered an incomplete result`);
    }
    return { bytes, result };
  };

  return {
    deadlineSeconds,
    async fetch(job, keep, signal) {
      const askForBytes = async () => (await ask(job, signal)).bytes;
      const bytes = await keep(name, 'application/json', askForBytes, signal);
      const result = readStored(bytes);
      const digest = createHash('sha256').update(bytes).digest('base64url');
      return {
        reference: null,
        artifacts: [inMemoryArtifact(name, 'application/json', bytes)],
        findings: async () => datakeenFindings(result, true),
        transition: lookupTransition(job, { result, digest }, decides),
      };
    },
    async compare(job, { sequence, read }, signal) {
      const stored = read && (await read(name));
      const { result } = await ask(job, signal);
      return changedTransition({ ...job, sequence }, stored && readStored(stored), result);
    },
  };
}

function readStored(bytes: Uint8Array): ReadResult {
  return readResult(parseJsonAnswer(route, bytes));
}

function mayBeCompleted({ providerStatus, requestedAt, notBefore }: EvidenceJob, now: number): boolean {
  const patienceMs = providerStatus === '' ? incompleteMs.withoutWord : incompleteMs.withWord;
  return now - Date.parse(notBefore ?? requestedAt) < patienceMs;
}
