import * as z from 'zod';
import type { IdentOptions } from '../../../local/simulators/idnow/ident-options.ts';
import { makeIdent } from '../../../local/simulators/idnow/make-ident.ts';
import {
  type IdnowSimulator,
  type IdnowSimulatorOptions,
  startIdnowSimulator,
} from '../../../local/simulators/idnow/start-idnow-simulator.ts';

const loginAnswer = z.object({ authToken: z.string() });

/** Starts an IDnow simulator with two accounts. `await using` stops the simulator at the end of the test. */
export async function idnowForTest(
  options: Partial<IdnowSimulatorOptions> = {},
): Promise<IdnowSimulator & AsyncDisposable> {
  const simulator = await startIdnowSimulator({
    accounts: [
      { companyId: 'democompany', apiKey: 'key-1' },
      { companyId: 'othercompany', apiKey: 'key-2' },
    ],
    ...options,
  });
  return { ...simulator, [Symbol.asyncDispose]: simulator.stop };
}

export function demoIdent(options: Partial<IdentOptions> = {}) {
  return makeIdent({
    state: 'SUCCESS',
    companyId: 'democompany',
    transactionNumber: 'Txn-1',
    time: new Date('2026-11-22T10:14:58Z'),
    ...options,
  });
}

export function postLoginToIdnow(url: string, companyId: string, body: string): Promise<Response> {
  return fetch(`${url}/api/v1/${companyId}/login`, { method: 'POST', body });
}

export async function loginToIdnow(
  url: string,
  companyId = 'democompany',
  apiKey = 'key-1',
): Promise<string> {
  const response = await postLoginToIdnow(url, companyId, JSON.stringify({ apiKey }));
  return loginAnswer.parse(await response.json()).authToken;
}

export function getIdent(
  url: string,
  token: string | undefined,
  file: string,
  init: RequestInit & { companyId?: string } = {},
): Promise<Response> {
  const { companyId = 'democompany', ...rest } = init;
  return fetch(`${url}/api/v1/${companyId}/identifications/${file}`, {
    ...rest,
    headers: token === undefined ? {} : { 'X-API-LOGIN-TOKEN': token },
  });
}
