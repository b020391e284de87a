import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Sends a request with exactly these headers and bytes, which `fetch` would change. `localAddress` sets its source IP. */
export async function sendRequest(
  url: string,
  options: RequestOptions = {},
  body?: string | Buffer,
): Promise<Answer> {
  const sent = request(url, { agent: false, ...options });
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) throw new Error('No response');
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}
