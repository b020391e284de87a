import {
  type Id360SimulatorOptions,
  startId360Simulator,
} from '../../../local/simulators/id360/start-id360-simulator.ts';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import { createId360EvidenceAdapter } from '../../../shared/providers/id360/evidence.ts';
import { createId360ApiSession, id360SessionId } from '../../../shared/providers/id360/session.ts';
import type { DynamoDbUnderTest } from '../../support/dynamodb.ts';
import { testGeneration } from '../../support/make-event.ts';
import { sharedTools } from '../shared-tools.ts';

export const account = { username: 'app', password: 'hush-hush-password' };

/** Makes a job for the enrollment 50123. A test sets only the fields that matter to the test. */
export const job = (changes: Partial<EvidenceJob> = {}): EvidenceJob => ({
  purpose: 'archive',
  provider: 'id360',
  verificationId: 'id360:50123',
  reference: null,
  generation: testGeneration,
  sequence: 4,
  providerStatus: 'OK',
  occurredAt: null,
  requestedAt: '2026-11-22T10:15:00.000Z',
  notBefore: null,
  onNothing: { kind: 'keep' },
  ...changes,
});

/** Makes an abort signal whose time limit is longer than any test. */
export const patient = () => AbortSignal.timeout(30_000);

interface Options {
  readonly apiUrl: string;
  /** `secret` is the cached value of the API secret. `refreshed` is the value that the secret has when it is read again. */
  readonly secret?: unknown;
  readonly refreshed?: unknown;
}

/** Makes function instances that call ID360's API at `apiUrl`, and share one table of sessions. */
export async function instancesOf(dynamodb: DynamoDbUnderTest, options: Options) {
  const { apiUrl, secret = account, refreshed = secret } = options;
  const { sessions, tools, waits } = await sharedTools(dynamodb, secret, refreshed);
  return {
    sessions,
    waits,
    session: () => createId360ApiSession(apiUrl, tools().secret('the-secret'), tools()),
    evidence: (paths: { idclaim?: string; pdf?: string } = {}) =>
      createId360EvidenceAdapter(
        {
          ID360_API_URL: apiUrl,
          ID360_API_SECRET_ID: 'the-secret',
          ID360_IDCLAIM_PATH: paths.idclaim ?? '',
          ID360_PDF_PATH: paths.pdf ?? '',
        },
        tools(),
      ),
    /** Stores a token in the table of sessions, as if another instance had logged in earlier. */
    async store(authToken: string): Promise<void> {
      await sessions.acquireLease(id360SessionId, 0, 'an earlier instance', 1000);
      await sessions.save(
        id360SessionId,
        'an earlier instance',
        { authToken, generation: 1 },
        {
          reason: 'unauthorized',
          unsuccessfulLogins: 0,
          failedLogins: 0,
          ms: 0,
        },
      );
    },
  };
}

/** Starts the ID360 simulator, whose reports are ready at once, and makes function instances that call it. */
export async function simulated(
  dynamodb: DynamoDbUnderTest,
  options: Partial<Id360SimulatorOptions> & Omit<Options, 'apiUrl'> = {},
) {
  const id360 = await startId360Simulator({ ...account, notReady: 0, ...options });
  const instances = await instancesOf(dynamodb, { ...options, apiUrl: id360.url });
  return { id360, ...instances, [Symbol.asyncDispose]: id360.stop };
}
