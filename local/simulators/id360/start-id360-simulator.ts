import { textAnswer } from '../answer.ts';
import { type ApiServer, startApiServer } from '../api-server.ts';
import { isAmongFirstCalls } from '../is-among-first-calls.ts';
import type { StateSink } from '../scenario.ts';
import { createEnrollmentStore, type EnrollmentStore } from './enrollment-store.ts';
import { id360ErrorAnswer, requestsDraft, respondAsId360 } from './respond.ts';
import { type Id360Route, matchId360Path } from './routes.ts';
import { createId360Sessions, type Id360Credentials } from './sessions.ts';

export interface Id360SimulatorOptions extends Id360Credentials {
  /** The port. 0, the default, means any free port. */
  port?: number;
  /** Returns the current time in milliseconds. A token expires after 15 minutes without use. */
  now?: () => number;
  /** How many requests for the report of a finished enrollment get a 202 first. Default: 1. */
  notReady?: number;
  /** Bytes to add to each video. `makeReport` needs the same number for its hashes. */
  videoPadding?: number;
}

export interface Id360Simulator extends ApiServer<Id360Route>, StateSink {
  enrollments: EnrollmentStore;
  /** Stores a report as the state of its enrollment. The API does not return a report that is NEW, STARTED or CANCELED. */
  put(report: unknown): void;
  /** Expires all tokens, as ID360 does after 15 minutes without use. */
  expireTokens(): void;
  /** The paths of all requests for a temporary report. Production code must never request a temporary report. */
  draftRequests: readonly string[];
}

/**
 * Starts a simulator of ID360's API on 127.0.0.1.
 *
 * @example
 * const id360 = await startId360Simulator({ username: 'app', password: 'p' });
 * id360.put(makeReport({ id: 50123, status: 'OK' }));
 * id360.failNext('document', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startId360Simulator(options: Id360SimulatorOptions): Promise<Id360Simulator> {
  const { port, now = Date.now, notReady = 1, videoPadding = 0, username } = options;
  const enrollments = createEnrollmentStore();
  const sessions = createId360Sessions(options, now);
  const draftRequests: string[] = [];
  const parts = { enrollments, sessions, username, videoPadding, isTooEarly: isAmongFirstCalls(notReady) };
  const server = await startApiServer<Id360Route>({
    port,
    requests: { login: 0, whoami: 0, report: 0, pdf: 0, idclaim: 0, document: 0, control: 0, other: 0 },
    errorAnswer: id360ErrorAnswer,
    resolve(request) {
      if (requestsDraft(request)) draftRequests.push(request.path);
      const match = matchId360Path(request.path);
      return match === undefined
        ? { route: 'other', answer: () => textAnswer(404, 'Not Found') }
        : { route: match.route, answer: () => respondAsId360(match, request, parts) };
    },
  });
  return { ...server, enrollments, put: enrollments.put, expireTokens: sessions.expireAll, draftRequests };
}
