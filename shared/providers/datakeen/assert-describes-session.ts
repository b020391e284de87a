import * as z from 'zod/mini';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { datakeenVerificationId, parseDatakeenSessionId } from './session-id.ts';

const Level = z.looseObject({});
const Nested = z.looseObject({ data: z.optional(z.unknown()), job_status: z.optional(z.unknown()) });

/**
 * The keys of error answers: those of RFC 9457, API gateways, Express and Spring. An answer with any other key is not
 * treated as an error, because it may be a result in an unknown format: Datakeen documents its result only by one
 * sample.
 */
const errorMembers = new Set(
  (
    'cause causes code description detail details error error_description error_code errorcode errormessage errors ' +
    'instance message messages ok path reason requestid request_id stack status statuscode statustext success ' +
    'timestamp title traceid type'
  ).split(' '),
);

/**
 * Rejects an answer with HTTP status 200 that is an error message, or that describes another session.
 *
 * @throws EvidenceError `unexpected`, so that the job is tried again: the next answer may be correct
 */
export function assertDescribesSession(route: string, json: unknown, id: string): void {
  const answer = Nested.safeParse(json).data;
  const data = Nested.safeParse(answer?.data).data;
  if (isError(answer) || isError(data)) {
    throw new EvidenceError('unexpected', `${route}: answered an error with a status of 200`);
  }
  const named = [answer, data, data?.job_status].flatMap(sessionIdsIn);
  if (named.some((each) => datakeenVerificationId(each) !== id)) {
    throw new EvidenceError('unexpected', `${route}: answered another session`);
  }
}

/**
 * Checks whether Datakeen's answer is an error message. An answer that is empty or contains only a status is no error
 * message: `readDatakeenResult` treats it as not ready.
 */
function isError(level: object | undefined): boolean {
  const keys = Object.keys(level ?? {}).map((key) => key.toLowerCase());
  return keys.some((key) => key !== 'status') && keys.every((key) => errorMembers.has(key));
}

/**
 * Returns the session ids at one level of Datakeen's JSON answer. Datakeen's sample contains no session id. Datakeen's
 * documentation uses the two names `sessionId` and `session_id`.
 */
function sessionIdsIn(level: unknown): string[] {
  const { sessionId: camel, session_id: snake } = Level.safeParse(level).data ?? {};
  return [camel, snake].flatMap((each) => parseDatakeenSessionId(each) ?? []);
}
