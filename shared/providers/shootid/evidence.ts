import * as z from 'zod/mini';
import type { EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { callProvider } from '../../provider-api/provider-http.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from '../../provider-api/read-bounded.ts';
import { readShootIdResult, type ShootIdResult } from './read-result.ts';
import { makeShootIdLookupTransition } from './transitions.ts';
import { getEncodedTransactionId, shootidVerificationId } from './verification-id.ts';

/** Our credentials for ShootID's API (migration guide: `base64(applicationToken:applicationSecret)`). */
export const ShootIdCredentials = z.object({
  applicationToken: z.string().check(z.regex(/^[^:]+$/)),
  applicationSecret: z.string().check(z.minLength(1)),
});
export type ShootIdCredentials = z.infer<typeof ShootIdCredentials>;

interface ShootIdApi {
  /** The base URL of ShootID: `https://www.contralia.fr/shootid`. */
  readonly url: string;
  /** The path of `GET /result` below the base URL, with `{id}` for the transaction's id. */
  readonly resultPath: string;
  readonly credentials: ShootIdCredentials;
}

const route = 'GET result';
const maxResultMiB = 20;

/** Creates the evidence adapter of ShootID. The result of a transaction is its only evidence. */
export function createShootIdEvidenceAdapter(api: ShootIdApi): EvidenceAdapter {
  const { applicationToken, applicationSecret } = api.credentials;
  const basic = Buffer.from(`${applicationToken}:${applicationSecret}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, accept: 'application/json' };
  return {
    // The import itself limits the tries of a job, and people repeat an import that did not finish.
    deadlineSeconds: Number.POSITIVE_INFINITY,
    resultName: 'result.json',
    contentType: 'application/json',
    async fetchResult(job, signal) {
      const id = getEncodedTransactionId(job.verificationId);
      const path = api.resultPath.replaceAll('{id}', () => id);
      const response = await callProvider(route, new URL(`${withTrailingSlash(api.url)}${path}`), {
        headers,
        signal,
      });
      const bytes = await readAnswerIntoMemory(route, response, maxResultMiB);
      // If the bytes are no result of this transaction, throw an error before they are archived.
      readResultOf(job, bytes);
      return bytes;
    },
    conclude(job, bytes) {
      const result = readResultOf(job, bytes);
      return {
        artifacts: [],
        reference: null,
        findings: result.findings,
        transition: makeShootIdLookupTransition(job, result),
      };
    },
  };
}

/** @throws EvidenceError if the bytes are no result of the job's transaction */
function readResultOf(job: EvidenceJob, bytes: Uint8Array): ShootIdResult {
  const result = readShootIdResult(parseJsonAnswer(route, bytes));
  if (shootidVerificationId(result.transactionId) !== job.verificationId)
    throw new EvidenceError('unexpected', `${route}: answered no result of this transaction`);
  return result;
}
