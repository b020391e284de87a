import * as z from 'zod';
import {
  type Id360Simulator,
  type Id360SimulatorOptions,
  startId360Simulator,
} from '../../../local/simulators/id360/start-id360-simulator.ts';

const loginAnswer = z.object({ token: z.string() });

/** Starts an ID360 simulator with a test account. `await using` stops the simulator at the end of the test. */
export async function id360ForTest(
  options: Partial<Id360SimulatorOptions> = {},
): Promise<Id360Simulator & AsyncDisposable> {
  const simulator = await startId360Simulator({ username: 'app', password: 'pass-1', ...options });
  return { ...simulator, [Symbol.asyncDispose]: simulator.stop };
}

export function postLoginToId360(url: string, body: string): Promise<Response> {
  return fetch(`${url}/api/1.0.0/user/login/`, { method: 'POST', body });
}

export async function loginToId360(url: string): Promise<string> {
  const response = await postLoginToId360(url, JSON.stringify({ username: 'app', password: 'pass-1' }));
  return loginAnswer.parse(await response.json()).token;
}

/** Sends a GET request to the API of ID360. @param path the path after `/api/1.0.0/` */
export function getFromId360(url: string, token: string | undefined, path: string): Promise<Response> {
  return fetch(`${url}/api/1.0.0/${path}`, {
    headers: token === undefined ? {} : { authorization: `Token ${token}` },
  });
}
