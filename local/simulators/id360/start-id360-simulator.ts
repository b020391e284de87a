import { textAnswer } from '../answer.ts';
import { type SimulatorApiServer, startSimulatorApiServer } from '../api-server.ts';
import { createFirstCallsPredicate } from '../is-among-first-calls.ts';
import type { CaseStateStore } from '../scenario.ts';
import type { CreatedEnrollment } from './create-enrollment.ts';
import { createEnrollmentStore, type EnrollmentStore } from './enrollment-store.ts';
import { id360ErrorAnswer, isDraftReportRequest, respondAsId360 } from './respond.ts';
import { type Id360SimulatorRoute, matchId360Path } from './routes.ts';
import { createSimulatedId360Logins, type Id360Credentials } from './sessions.ts';

export interface Id360SimulatorOptions extends Id360Credentials {
  /** The port of the simulator. Default: 0, which means any free port. */
  port?: number;
  /** Returns the current time in milliseconds. Tests replace it to let tokens expire. */
  now?: () => number;
  /** How often the API answers 202 (not ready) for a finished report, before it returns the report. Default: 1. */
  notReady?: number;
  /** The number of bytes to add to each video. Reports need the same `videoPadding`, or their video hashes are wrong. */
  videoPadding?: number;
}

export interface Id360Simulator extends SimulatorApiServer<Id360SimulatorRoute>, CaseStateStore {
  enrollments: EnrollmentStore;
  /** Stores a report as its enrollment's state. If its status is NEW, STARTED or CANCELED, the API returns only a draft. */
  put(report: unknown): void;
  /** The enrollments that were created through the API, with their requests. */
  created: readonly CreatedEnrollment[];
  /** Makes all login tokens expire at once. ID360's own tokens expire after 15 minutes without use. */
  expireTokens(): void;
  /** The paths of all requests for draft reports. Tests check that our code requests none, because drafts may change. */
  draftRequests: readonly string[];
}

/**
 * Starts a simulator of ID360's API on 127.0.0.1.
 *
 * @example
 * const id360 = await startId360Simulator({ username: 'app', password: 'p' });
 * id360.put(makeId360Report({ id: 50123, status: 'OK' }));
 * id360.failNext('document', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startId360Simulator(options: Id360SimulatorOptions): Promise<Id360Simulator> {
  const { port, now = Date.now, notReady = 1, videoPadding = 0, username } = options;
  const enrollments = createEnrollmentStore();
  const sessions = createSimulatedId360Logins(options, now);
  const draftRequests: string[] = [];
  const created: CreatedEnrollment[] = [];
  const parts = {
    enrollments,
    sessions,
    created,
    username,
    videoPadding,
    isTooEarly: createFirstCallsPredicate(notReady),
  };
  const server = await startSimulatorApiServer<Id360SimulatorRoute>({
    port,
    requests: {
      login: 0,
      whoami: 0,
      create: 0,
      discontinue: 0,
      report: 0,
      pdf: 0,
      idclaim: 0,
      document: 0,
      control: 0,
      other: 0,
    },
    errorAnswer: id360ErrorAnswer,
    resolve(request) {
      if (isDraftReportRequest(request)) draftRequests.push(request.path);
      const match = matchId360Path(request.path);
      return match === undefined
        ? { route: 'other', answer: () => textAnswer(404, 'Not Found') }
        : { route: match.route, answer: () => respondAsId360(match, request, parts) };
    },
  });
  return {
    ...server,
    enrollments,
    put: enrollments.put,
    created,
    expireTokens: sessions.expireAll,
    draftRequests,
  };
}
