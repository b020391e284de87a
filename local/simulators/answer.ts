import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface SimulatedAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer | NodeJS.ReadableStream;
}

export function jsonAnswer(status: number, value: unknown): SimulatedAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

export function textAnswer(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): SimulatedAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

/** Sends an answer. A stream body is sent as fast as the client reads it, so the whole body is never in memory. */
export async function sendAnswer(response: ServerResponse, answer: SimulatedAnswer): Promise<void> {
  const { status, headers, body } = answer;
  response.writeHead(status, { ...headers });
  if (isInMemory(body)) response.end(body);
  else await pipeline(body, response);
}

/** Sends only the first `bytes` bytes of an answer's body, then closes the connection. */
export async function sendTruncatedAnswer(
  response: ServerResponse,
  answer: SimulatedAnswer,
  bytes: number,
): Promise<void> {
  response.writeHead(answer.status, { ...answer.headers });
  let left = bytes;
  for await (const chunk of streamOf(answer.body)) {
    const part = Buffer.from(chunk).subarray(0, left);
    // Wait until this part of the answer is sent, because `response.destroy()` discards all bytes that are not sent yet.
    await new Promise((resolve) => response.write(part, resolve));
    left -= part.length;
    if (left <= 0) break;
  }
  response.destroy();
}

function streamOf(body: SimulatedAnswer['body']): NodeJS.ReadableStream {
  return isInMemory(body) ? Readable.from([Buffer.from(body)]) : body;
}

function isInMemory(body: SimulatedAnswer['body']): body is string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body);
}
