import * as z from 'zod';
import type { DatakeenSimulatorAuthorizationScheme } from '../../../local/simulators/datakeen/login-methods.ts';
import {
  type DatakeenSimulator,
  type DatakeenSimulatorOptions,
  startDatakeenSimulator,
} from '../../../local/simulators/datakeen/start-datakeen-simulator.ts';

const anyAnswer = z.object({ status: z.number() });
const loginAnswer = z.object({ status: z.literal(200), data: z.object({ token: z.string() }) });

/** Starts a Datakeen simulator with a test account. `await using` stops the simulator at the end of the test. */
export async function datakeenForTest(
  options: Partial<DatakeenSimulatorOptions> = {},
): Promise<DatakeenSimulator & AsyncDisposable> {
  const simulator = await startDatakeenSimulator({ username: 'user', password: 'pass-1', ...options });
  return { ...simulator, [Symbol.asyncDispose]: simulator.stop };
}

export function postLoginToDatakeen(
  url: string,
  body: string,
  { path = '/backend/auth', type = 'application/json' } = {},
): Promise<Response> {
  return fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
}

/** The path and the media type of a request to Datakeen's v2 login. */
export const v2Login = { path: '/backend/api/v1/auth', type: 'application/x-www-form-urlencoded' };

export async function loginToDatakeen(
  url: string,
  scheme: DatakeenSimulatorAuthorizationScheme = 'Basic',
): Promise<string> {
  const response = await (scheme === 'Basic'
    ? postLoginToDatakeen(url, '{"username":"user","password":"pass-1"}')
    : postLoginToDatakeen(url, 'username=user&password=pass-1', v2Login));
  return loginAnswer.parse(await response.json()).data.token;
}

export function getSession(
  url: string,
  authorization: string | undefined,
  sessionId: string,
): Promise<Response> {
  return fetch(`${url}/backend/api/v1/session/${sessionId}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
}

/** Returns the status in the body of Datakeen's answer, which can differ from the HTTP status. */
export async function bodyStatusOf(response: Response): Promise<number> {
  return anyAnswer.parse(await response.json()).status;
}
