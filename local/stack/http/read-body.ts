import type { IncomingMessage } from 'node:http';

/**
 * Reads the body of a request. Returns `too-large` if the body exceeds the limit in bytes, and `gone` if the sender
 * closes the connection early. A body that is too large is read to its end and dropped. Otherwise the sender would
 * still be writing when the connection closes, and would not read our answer.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too-large' | 'gone'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
    }
  } catch {
    return 'gone';
  }
  return length > limit ? 'too-large' : Buffer.concat(chunks);
}
