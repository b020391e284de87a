import { randomBytes, randomInt } from 'node:crypto';
import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { EnrollmentStore } from './enrollment-store.ts';
import type { Id360ReportJson } from './report.ts';

/** The request that creates an enrollment. The guide says that these two members are required. */
const requestSchema = z.looseObject({
  browser_callback_url: z.string(),
  client_reference: z.string().optional(),
  callback_endpoints: z.array(
    z.looseObject({
      url: z.string(),
      on: z.array(z.string()),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
});

/** An enrollment that was created through the simulated API, and the request that created it. */
export interface CreatedEnrollment {
  id: number;
  apiKey: string;
  processId: string;
  request: z.infer<typeof requestSchema>;
}

interface Parts {
  created: CreatedEnrollment[];
  enrollments: EnrollmentStore;
}

/** Answers ID360's request "create a user folder". The answer has the members of the guide's example. */
export function createEnrollment(processId: string, body: string, parts: Parts): SimulatedAnswer {
  const request = requestSchema.safeParse(parseJson(body)).data;
  if (request === undefined) return jsonAnswer(400, { detail: 'Invalid body.' });
  const id = randomInt(100_000, 1_000_000_000);
  const apiKey = randomBytes(16).toString('hex').slice(0, 31);
  parts.created.push({ id, apiKey, processId, request });
  parts.enrollments.put({ id, status: 'NEW', client_reference: request.client_reference ?? null });
  return jsonAnswer(200, {
    url: `https://www.id360docaposte.com/api/1.0.0/enrollment/${id}`,
    id,
    process: 1,
    api_key: apiKey,
    browser_callback_url: request.browser_callback_url,
    client_reference: request.client_reference ?? null,
    status: 'NEW',
    reason: null,
    creation_time: new Date().toISOString().replace('Z', ''),
    starting_time: null,
    finished_time: null,
    // The answer repeats the names of the secret headers, without their values.
    callback_endpoints: request.callback_endpoints.map(({ url, on, headers }) => ({
      url,
      on,
      headers: headers.map(({ name }) => ({ name })),
    })),
  });
}

/** Answers ID360's request "discontinue an enrollment". The request is a GET, but it changes the enrollment. */
export function discontinueEnrollment(
  report: Id360ReportJson,
  enrollments: EnrollmentStore,
): SimulatedAnswer {
  enrollments.put({ ...report, status: 'DISCONTINUED' });
  return { status: 204, headers: {}, body: '' };
}
