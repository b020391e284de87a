import { Readable } from 'node:stream';
import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer, textAnswer } from '../answer.ts';
import type { SimulatorApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { type CreatedEnrollment, createEnrollment, discontinueEnrollment } from './create-enrollment.ts';
import { createId360DocumentPageFile } from './document-content.ts';
import type { EnrollmentStore } from './enrollment-store.ts';
import { createId360IdclaimFile, idclaimMediaType } from './idclaim.ts';
import { storeEnrollmentInSimulator } from './put-enrollment.ts';
import type { Id360ReportJson } from './report.ts';
import type { Id360SimulatorRouteMatch } from './routes.ts';
import type { SimulatedId360Logins } from './sessions.ts';

export interface Id360SimulatorState {
  enrollments: EnrollmentStore;
  sessions: SimulatedId360Logins;
  /** The enrollments that were created through the API. */
  created: CreatedEnrollment[];
  username: string;
  videoPadding: number;
  /** Returns true if the API must still answer 202 (not ready) for a finished report. Called once per request. */
  isTooEarly(id: string): boolean;
}

const loginBody = z.object({ username: z.unknown().optional(), password: z.unknown().optional() });

/** Creates the normal answer of ID360's API to a request. A planned error of the simulator can replace this answer. */
export async function respondAsId360(
  match: Id360SimulatorRouteMatch,
  request: SimulatorApiRequest,
  parts: Id360SimulatorState,
): Promise<SimulatedAnswer> {
  if (request.method !== match.method) return textAnswer(405, 'Method Not Allowed', { allow: match.method });
  if (match.route === 'login') return login(await request.readText(), parts.sessions);
  if (match.route === 'control')
    return storeEnrollmentInSimulator(match.id, await request.readText(), parts.enrollments);
  if (!parts.sessions.accepts(request.headers.authorization)) return id360ErrorAnswer(401);
  if (match.route === 'whoami') return jsonAnswer(200, { username: parts.username });
  if (match.route === 'create') return createEnrollment(match.id, await request.readText(), parts);
  if (match.route === 'document') return document(match.id, request.query, parts);
  const report = parts.enrollments.find(match.id);
  if (report === undefined) return id360ErrorAnswer(404);
  switch (match.route) {
    case 'discontinue':
      return discontinueEnrollment(report, parts.enrollments);
    case 'report':
      return isDraftReportRequest(request) || isReady(report, parts)
        ? reportJson(report)
        : id360ErrorAnswer(202);
    case 'pdf':
      return isFinished(report) ? file('application/pdf', reportPdf(report)) : id360ErrorAnswer(202);
    case 'idclaim':
      return isFinished(report)
        ? file(idclaimMediaType, createId360IdclaimFile(report))
        : id360ErrorAnswer(404);
  }
}

/** Returns true if the query requests a draft report. ID360 calls the parameter `allow_draft`, and once `draft`. */
export function isDraftReportRequest({ query }: SimulatorApiRequest): boolean {
  return query.has('allow_draft') || query.has('draft');
}

/** Creates an error answer of ID360. Its body is our own guess, because ID360 documents no error bodies. */
export function id360ErrorAnswer(status: number): SimulatedAnswer {
  return jsonAnswer(status, { detail: details[status] ?? 'Error' });
}

const details: Readonly<Record<number, string>> = {
  202: 'The report is not ready yet.',
  401: 'Invalid token.',
  404: 'Not found.',
  429: 'Request was throttled.',
};

function login(body: string, sessions: SimulatedId360Logins): SimulatedAnswer {
  const credentials = loginBody.safeParse(parseJson(body));
  if (!credentials.success) return id360ErrorAnswer(400);
  const { username, password } = credentials.data;
  const token = sessions.login(username, password);
  return token === null ? id360ErrorAnswer(401) : jsonAnswer(200, { token });
}

function document(documentId: string, query: URLSearchParams, parts: Id360SimulatorState): SimulatedAnswer {
  const page = Number(query.get('page_number') ?? 0);
  const name = parts.enrollments.documentName(documentId, page);
  if (name === undefined) return id360ErrorAnswer(404);
  const { type, chunks } = createId360DocumentPageFile({ name, documentId, page }, parts.videoPadding);
  return file(type, Readable.from(chunks()));
}

function isReady(report: Id360ReportJson, { isTooEarly }: Id360SimulatorState): boolean {
  return isFinished(report) && !isTooEarly(String(report.id));
}

/** Returns true if the report is finished. ID360 promises only a draft for NEW, STARTED and CANCELED (developer guide). */
function isFinished({ status }: Id360ReportJson): boolean {
  return !['NEW', 'STARTED', 'CANCELED'].includes(status);
}

/** Creates an answer with indented JSON. A test then fails if the fetcher archives JSON that it formatted again. */
function reportJson(report: Id360ReportJson): SimulatedAnswer {
  return { ...jsonAnswer(200, report), body: `${JSON.stringify(report, null, 2)}\n` };
}

function reportPdf({ id, status }: Id360ReportJson): Buffer {
  return tinyPdf(`Enrollment ${id}: ${status}`);
}

function file(type: string, body: SimulatedAnswer['body']): SimulatedAnswer {
  return { status: 200, headers: { 'content-type': type }, body };
}
