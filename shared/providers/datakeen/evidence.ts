import type { Environment } from '../../platform/environment.ts';
import { readEnvironment } from '../../platform/environment.ts';
import type { EvidenceSource } from '../evidence-source.ts';
import { inMemoryArtifact } from '../in-memory-artifact.ts';
import { patience } from '../patience.ts';
import type { EvidenceTools } from '../provider.ts';
import { parseAnswer } from '../read-bounded.ts';
import { confirmedTransition } from './confirmed-transition.ts';
import { findingsOf } from './findings.ts';
import { readResult } from './read-result.ts';
import { datakeenSession } from './session.ts';
import { sessionIdOf } from './session-id.ts';
import { ApiSettings } from './settings.ts';

/**
 * How long results are kept is the user's own setting at Datakeen. Three days are a weekend in which nobody mends a
 * credential, and an end for sessions that somebody made up.
 */
const deadlineSeconds = 3 * 24 * 3600;

/** Short: whoever has a signed URL can name sessions that are none. */
const pausesMs = [1000, 2000];

const route = 'GET session';
const name = 'session.json';

/** Datakeen's result of a session, which decides the outcome: the webhook only says that there may be one. */
export function datakeenEvidence(environment: Environment, tools: EvidenceTools): EvidenceSource {
  const settings = readEnvironment(environment, ApiSettings);
  const session = datakeenSession(
    {
      url: settings.DATAKEEN_API_URL,
      scheme: settings.DATAKEEN_AUTHORIZATION_SCHEME,
      secret: tools.secret(settings.DATAKEEN_API_SECRET_ID),
    },
    tools,
  );
  return {
    deadlineSeconds,
    async fetch(job, archived, signal) {
      const path = `backend/api/v1/session/${sessionIdOf(job.verificationId)}`;
      // What an earlier try has archived is the job's session, also where Datakeen has purged it by now.
      const stored = await archived(name);
      const { ask } = patience(tools.wait, pausesMs);
      const { bytes, json } =
        stored === null
          ? await ask(['invalid'], () => session.get(route, path, signal), signal)
          : { bytes: stored, json: parseAnswer(route, stored) };
      const result = readResult(json);
      const transition = confirmedTransition(job, result, json);
      return {
        reference: null,
        artifacts: [inMemoryArtifact(name, 'application/json', bytes)],
        findings: async () => transition?.findings ?? findingsOf(result, false),
        transition: stored === null ? transition : null,
      };
    },
  };
}
