import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import {
  type ChangeRequest,
  jsonAnswer,
  requestChange,
  UncertainChangeError,
} from '../../shared/provider-api/request-change.ts';

let answer: { status: number; body?: string; headers?: Record<string, string> } = { status: 200 };
let requests = 0;
const server = createServer((_request, response) => {
  requests += 1;
  response.writeHead(answer.status, answer.headers).end(answer.body);
});
let url: URL;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(`http://127.0.0.1:${getListeningPort(server.address())}/case`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const emptyAnswer: ChangeRequest['success'] = { statuses: [200, 204], body: 'empty' };

/** Sends a change that gets this answer. @returns the JSON of the answer, or the error */
async function change(
  given: typeof answer,
  success: ChangeRequest['success'] = jsonAnswer,
): Promise<unknown> {
  answer = given;
  requests = 0;
  const request = { method: 'POST', success, signal: AbortSignal.timeout(10_000) } as const;
  const result = await requestChange('POST case', url, {}, request).catch((error: unknown) => error);
  expect(requests, 'a change is sent once').toBe(1);
  return result;
}

test.each<[number, Record<string, string>?]>([
  [400],
  [401],
  [403],
  [404],
  [409],
  [410],
  [422],
  [429],
  [429, { 'retry-after': '7' }],
])('a change that is answered %i is refused', async (status, headers = {}) => {
  const error = await change({ status, headers });
  expect(error).toMatchObject({ name: 'EvidenceError', message: `POST case: answered ${status}` });
});

test.each<[number, Record<string, string>]>([
  [202, {}],
  [204, {}],
  [206, {}],
  [302, { location: '/elsewhere' }],
  [404, { 'content-type': 'text/html' }],
  [408, {}],
  [500, {}],
  [502, {}],
  [503, {}],
  [503, { 'retry-after': '7' }],
  [504, {}],
])('a change that is answered %i with the headers %o may have happened', async (status, headers) => {
  const error = await change({ status, headers });
  expect(error).toBeInstanceOf(UncertainChangeError);
  expect(error).toHaveProperty(
    'message',
    expect.stringContaining(`POST case: answered ${status}. The change may`),
  );
});

test.each([
  ['no JSON', jsonAnswer, { status: 200, body: 'OK' }],
  ['a web page', jsonAnswer, { status: 200, body: '{}', headers: { 'content-type': 'text/html' } }],
  ['a body where none is expected', emptyAnswer, { status: 200, body: '{"errors":[]}' }],
  ['another status than expected', { statuses: [204], body: 'empty' }, { status: 200 }],
] as const)('a change that is answered with %s may have happened', async (_title, success, given) => {
  expect(await change(given, success)).toBeInstanceOf(UncertainChangeError);
});

test('a change that happened returns the JSON of its answer', async () => {
  expect(await change({ status: 201, body: '{"id":1}' })).toEqual({ id: 1 });
});

test.each([{ status: 200 }, { status: 204 }, { status: 200, body: ' \n' }])(
  'a change whose answer is empty as expected returns null: %o',
  async (given) => {
    expect(await change(given, emptyAnswer)).toBeNull();
  },
);
