import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a request; `too-large` once it has more bytes than the limit, `gone` when the sender went
 * away before its end. A body that is too large is read to its end and dropped: a sender that is still writing when
 * the connection closes would never see the answer.
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
