import { Readable } from 'node:stream';
import * as z from 'zod';
import { type Answer, json, text } from '../answer.ts';
import type { ApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { documentContent } from './document-content.ts';
import type { EnrollmentStore } from './enrollment-store.ts';
import { idclaim, idclaimType } from './idclaim.ts';
import { putEnrollment } from './put-enrollment.ts';
import type { Report } from './report.ts';
import type { Match } from './routes.ts';
import type { Sessions } from './sessions.ts';

export interface Id360Parts {
  enrollments: EnrollmentStore;
  sessions: Sessions;
  username: string;
  videoPadding: number;
  /** Whether this request for a finished report comes too early; asked once for each. */
  isTooEarly(id: string): boolean;
}

const loginBody = z.object({ username: z.unknown().optional(), password: z.unknown().optional() });

/** The provider's answer to a request that nothing was made to go wrong with. */
export async function respond(match: Match, request: ApiRequest, parts: Id360Parts): Promise<Answer> {
  if (request.method !== match.method) return text(405, 'Method Not Allowed', { allow: match.method });
  if (match.route === 'login') return login(await request.readText(), parts.sessions);
  if (match.route === 'control') return putEnrollment(match.id, await request.readText(), parts.enrollments);
  if (!parts.sessions.admits(request.headers.authorization)) return errorForStatus(401);
  if (match.route === 'whoami') return json(200, { username: parts.username });
  if (match.route === 'document') return document(match.id, request.query, parts);
  const report = parts.enrollments.find(match.id);
  if (report === undefined) return errorForStatus(404);
  switch (match.route) {
    case 'report':
      return asksForDraft(request) || isReady(report, parts) ? reportJson(report) : errorForStatus(202);
    case 'pdf':
      return isFinished(report) ? file('application/pdf', reportPdf(report)) : errorForStatus(202);
    case 'idclaim':
      return isFinished(report) ? file(idclaimType, idclaim(report)) : errorForStatus(404);
  }
}

/** Seeds name the parameter `allow_draft` and, once, `draft`. */
export function asksForDraft({ query }: ApiRequest): boolean {
  return query.has('allow_draft') || query.has('draft');
}

/** An answer as small as its status: the provider prints none. */
export function errorForStatus(status: number): Answer {
  return json(status, { detail: details[status] ?? 'Error' });
}

const details: Readonly<Record<number, string>> = {
  202: 'The report is not ready yet.',
  401: 'Invalid token.',
  404: 'Not found.',
  429: 'Request was throttled.',
};

function login(body: string, sessions: Sessions): Answer {
  const credentials = loginBody.safeParse(parseJson(body));
  if (!credentials.success) return errorForStatus(400);
  const { username, password } = credentials.data;
  const token = sessions.login(username, password);
  return token === null ? errorForStatus(401) : json(200, { token });
}

function document(documentId: string, query: URLSearchParams, parts: Id360Parts): Answer {
  const page = Number(query.get('page_number') ?? 0);
  const name = parts.enrollments.documentName(documentId, page);
  if (name === undefined) return errorForStatus(404);
  const { type, chunks } = documentContent({ name, documentId, page }, parts.videoPadding);
  return file(type, Readable.from(chunks()));
}

function isReady(report: Report, { isTooEarly }: Id360Parts): boolean {
  return isFinished(report) && !isTooEarly(String(report.id));
}

/** In these statuses the guide knows only a temporary report. */
function isFinished({ status }: Report): boolean {
  return !['NEW', 'STARTED', 'CANCELED'].includes(status);
}

/** Indented, so that a receiver that keeps its own serialization and not these bytes is found out. */
function reportJson(report: Report): Answer {
  return { ...json(200, report), body: `${JSON.stringify(report, null, 2)}\n` };
}

function reportPdf({ id, status }: Report): Buffer {
  return tinyPdf(`Enrollment ${id}: ${status}`);
}

function file(type: string, body: Answer['body']): Answer {
  return { status: 200, headers: { 'content-type': type }, body };
}
