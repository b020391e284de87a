import { type SimulatedAnswer, textAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { EnrollmentStore } from './enrollment-store.ts';
import { isId360ReportJson } from './report.ts';

/**
 * Answers the simulator's control route: stores the ID360 report that the request body contains.
 * `npm run simulate` uses this route. The route needs no token, because the server listens only on 127.0.0.1.
 */
export function storeEnrollmentInSimulator(
  id: string,
  body: string,
  enrollments: EnrollmentStore,
): SimulatedAnswer {
  const report = parseJson(body);
  if (!isId360ReportJson(report)) return textAnswer(400, 'The body is not a report');
  if (String(report.id) !== id)
    return textAnswer(400, 'The report does not match the enrollment in the path');
  enrollments.put(report);
  return { status: 204, headers: {}, body: '' };
}
