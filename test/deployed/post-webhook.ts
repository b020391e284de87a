import type { Answer, PostOptions } from '../support/system-under-test.ts';
import type { DeployedSystem } from './deployed-system.ts';

/** Sends a request to the deployed API. The default is a webhook of IDnow with its credential. */
export async function postWebhook(
  { system, idnowCredential }: DeployedSystem,
  body: unknown,
  { path = '/webhooks/idnow', method = 'POST', headers = idnowCredential }: PostOptions = {},
): Promise<Answer> {
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(`${system.stack.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: bytes }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}
