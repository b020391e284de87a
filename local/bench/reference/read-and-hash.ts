/** A function that reads a file by HTTP and hashes it. The bench compares its CPU time with the archiving of the file. */
import { createHash } from 'node:crypto';

interface Download {
  readonly url: string;
  readonly headers: Record<string, string>;
}

export async function handler({ url, headers }: Download): Promise<{ size: number; sha256: string }> {
  const { body, status } = await fetch(url, { headers });
  if (status !== 200 || body === null) throw new Error(`The file cannot be read: HTTP ${status}`);
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { size, sha256: hash.digest('hex') };
}
