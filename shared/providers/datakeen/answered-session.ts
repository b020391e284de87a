import * as z from 'zod';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { sessionId, verificationId } from './session-id.ts';

const Level = z.looseObject({});
const Nested = z.looseObject({ data: z.unknown().optional(), job_status: z.unknown().optional() });

/**
 * What error answers are made of (RFC 9457, API gateways, Express, Spring). Datakeen documents its result by one sample
 * only: an answer with any other member may be a result in a form that we do not know.
 */
const errorWords = new Set(
  (
    'cause causes code description detail details error error_description error_code errorcode errormessage errors ' +
    'instance message messages ok path reason requestid request_id stack status statuscode statustext success ' +
    'timestamp title traceid type'
  ).split(' '),
);

/**
 * Refuses an answer of 200 that is an error message, or is about another session.
 *
 * @throws EvidenceError `unexpected`: it may pass
 */
export function assertDescribesSession(route: string, json: unknown, id: string): void {
  const answer = Nested.safeParse(json).data;
  const data = Nested.safeParse(answer?.data).data;
  if (isError(answer) || isError(data)) {
    throw new EvidenceError('unexpected', `${route}: answered an error with a status of 200`);
  }
  const named = [answer, data, data?.job_status].flatMap(sessionIdsIn);
  if (named.some((each) => verificationId(each) !== id)) {
    throw new EvidenceError('unexpected', `${route}: answered another session`);
  }
}

/** An empty answer, or one of a status only, is read as not ready: see `readResult`. */
function isError(level: object | undefined): boolean {
  const keys = Object.keys(level ?? {}).map((key) => key.toLowerCase());
  return keys.some((key) => key !== 'status') && keys.every((key) => errorWords.has(key));
}

/** The sample of a result names no session. Where an answer does, these are the names of the field in the seeds. */
function sessionIdsIn(level: unknown): string[] {
  const { sessionId: camel, session_id: snake } = Level.safeParse(level).data ?? {};
  return [camel, snake].flatMap((each) => sessionId(each) ?? []);
}
