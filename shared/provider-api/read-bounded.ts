import { parseUtf8Json } from '../parsing/parse-utf8-json.ts';
import { EvidenceError } from './evidence-error.ts';

/**
 * Reads a provider's whole answer into memory. Aborts the transfer if the answer is larger than `maxMiB`, or if its
 * first chunk is refused.
 *
 * @param route the name of the call in errors: `GET report`
 * @param mayBegin checks the first chunk; by default, it refuses a chunk that cannot begin JSON
 * @throws EvidenceError `too_large`; `transient` if the first chunk is refused or the transfer breaks off
 */
export async function readAnswerIntoMemory(
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

/**
 * Parses a provider's answer as JSON in UTF-8.
 *
 * @throws EvidenceError `transient` if the answer is not JSON: then a proxy in front of the API may have sent it
 */
export function parseJsonAnswer(route: string, bytes: Uint8Array): unknown {
  try {
    return parseUtf8Json(bytes);
  } catch {
    // Throw a new error, because the parser's message quotes the answer, which may hold personal data.
    throw noJson(route);
  }
}

const noJson = (route: string) => new EvidenceError('transient', `${route}: answered no JSON`);

/**
 * Checks whether these first bytes can begin a JSON object or a JSON list. White space and the byte order mark of UTF-8
 * may come first.
 */
export function mayBeginJson(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning.subarray(0, 4096)).toString('latin1');
  return /^(\xef(\xbb(\xbf|$)|$))?[ \t\r\n]*([{[]|$)/.test(head);
}
