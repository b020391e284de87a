import { EvidenceError } from './evidence-error.ts';

/**
 * Reads an answer whole, JSON unless `mayBegin` says otherwise. Leaving the loop ends the transfer: of a body that is too large, no more than the limit
 * is in memory. A body that does not begin as it must ends with its first chunk.
 *
 * @param route names the call in errors: `GET report`
 * @param mayBegin whether these first bytes may be an answer's
 * @throws EvidenceError
 */
export async function readBounded(
  route: string,
  { body }: Response,
  maxMiB: number,
  mayBegin = mayBeginJson,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > maxMiB * 1024 * 1024) throw new EvidenceError('too_large', `${route}: over ${maxMiB} MiB`);
      if (!mayBegin(chunk) && chunks.length === 0) throw noJson(route);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    throw new EvidenceError('transient', `${route}: broke off`, { cause });
  }
  return Buffer.concat(chunks);
}

/** @throws EvidenceError `transient`, where it is not JSON in UTF-8: what stands in front of an API may answer for it */
export function parseAnswer(route: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message would quote the answer.
    throw noJson(route);
  }
}

const noJson = (route: string) => new EvidenceError('transient', `${route}: answered no JSON`);

/**
 * Whether these first bytes may be the beginning of an object or a list: white space may come before it, and the mark of
 * UTF-8.
 */
export function mayBeginJson(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning.subarray(0, 4096)).toString('latin1');
  return /^(\xef(\xbb(\xbf|$)|$))?[ \t\r\n]*([{[]|$)/.test(head);
}
