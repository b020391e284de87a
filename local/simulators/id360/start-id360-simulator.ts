import { text } from '../answer.ts';
import { type ApiServer, startApiServer } from '../api-server.ts';
import { firstTimes } from '../first-times.ts';
import type { StateSink } from '../scenario.ts';
import { createEnrollmentStore, type EnrollmentStore } from './enrollment-store.ts';
import { asksForDraft, errorForStatus, respond } from './respond.ts';
import { type Id360Route, matchPath } from './routes.ts';
import { type Credentials, createSessions } from './sessions.ts';

export interface Id360SimulatorOptions extends Credentials {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Milliseconds, for the quarter of an hour after which an idle token ends. */
  now?: () => number;
  /** How often the report of a finished enrollment is answered 202 first: once, unless told otherwise. */
  notReady?: number;
  /** Bytes added to each video, streamed. `makeReport` takes the same number, for the hashes. */
  videoPadding?: number;
}

export interface Id360Simulator extends ApiServer<Id360Route>, StateSink {
  enrollments: EnrollmentStore;
  /** Takes a report as its enrollment's state; while it is NEW, STARTED or CANCELED, it is not given out. */
  put(report: unknown): void;
  /** Ends all sessions, as the provider does after 15 minutes without a call. */
  expireTokens(): void;
  /** Paths of the enrollments whose temporary report was asked for, which production must not. */
  draftRequests: readonly string[];
}

/**
 * The provider's API on 127.0.0.1.
 *
 * @example
 * const id360 = await startId360Simulator({ username: 'app', password: 'p' });
 * id360.put(makeReport({ id: 50123, status: 'OK' }));
 * id360.failNext('document', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startId360Simulator(options: Id360SimulatorOptions): Promise<Id360Simulator> {
  const { port, now = Date.now, notReady = 1, videoPadding = 0, username } = options;
  const enrollments = createEnrollmentStore();
  const sessions = createSessions(options, now);
  const draftRequests: string[] = [];
  const parts = { enrollments, sessions, username, videoPadding, isTooEarly: firstTimes(notReady) };
  const server = await startApiServer<Id360Route>({
    port,
    requests: { login: 0, whoami: 0, report: 0, pdf: 0, idclaim: 0, document: 0, control: 0, other: 0 },
    errorAnswer: errorForStatus,
    resolve(request) {
      if (asksForDraft(request)) draftRequests.push(request.path);
      const match = matchPath(request.path);
      return match === undefined
        ? { route: 'other', answer: () => text(404, 'Not Found') }
        : { route: match.route, answer: () => respond(match, request, parts) };
    },
  });
  return { ...server, enrollments, put: enrollments.put, expireTokens: sessions.expireAll, draftRequests };
}
