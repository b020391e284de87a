import { type Answer, textAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { EnrollmentStore } from './enrollment-store.ts';
import { isReport } from './report.ts';

/**
 * Stores a report. This is the simulator's control route, for scenarios that another process plays. It needs no token:
 * the server listens only on 127.0.0.1, and the reports are invented.
 */
export function putEnrollment(id: string, body: string, enrollments: EnrollmentStore): Answer {
  const report = parseJson(body);
  if (!isReport(report)) return textAnswer(400, 'The body is not a report');
  if (String(report.id) !== id)
    return textAnswer(400, 'The report does not match the enrollment in the path');
  enrollments.put(report);
  return { status: 204, headers: {}, body: '' };
}
