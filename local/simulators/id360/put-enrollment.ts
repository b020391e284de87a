import { type Answer, text } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { EnrollmentStore } from './enrollment-store.ts';
import { isReport } from './report.ts';

/**
 * The simulator's own route, for scenarios that are played from another process. It asks for no token:
 * the server listens on the loopback only, and the reports are invented.
 */
export function putEnrollment(id: string, body: string, enrollments: EnrollmentStore): Answer {
  const report = parseJson(body);
  if (!isReport(report)) return text(400, 'The body is not a report');
  if (String(report.id) !== id) return text(400, 'The report is not of the enrollment that the path names');
  enrollments.put(report);
  return { status: 204, headers: {}, body: '' };
}
