import { parseUtf8Json } from '../../parsing/parse-utf8-json.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { mayBeginJson } from '../../provider-api/read-bounded.ts';
import {
  type ContentCheck,
  checkResultForWholeFile,
  makeRefusedCheckResult,
  makeRefusingContentCheck,
} from './content-check.ts';

/**
 * The size limit for a provider's JSON file, because the file is read into memory as a whole. The JSON of an IDnow ident
 * has about 10 KB.
 */
const maxMiB = 20;

/**
 * Checks that a file is JSON in UTF-8 about the requested case.
 *
 * @param beginning the first bytes
 */
export function createJsonCheck(
  beginning: Uint8Array,
  describesCase: (json: unknown) => boolean,
): ContentCheck {
  if (!mayBeginJson(beginning)) return makeRefusingContentCheck('does not begin like JSON');
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    contentType: null,
    push(chunk) {
      size += chunk.byteLength;
      if (size > maxMiB * 1024 * 1024) throw new EvidenceError('too_large', `JSON over ${maxMiB} MiB`);
      chunks.push(chunk);
    },
    async end() {
      const json = parse(Buffer.concat(chunks));
      if (json === undefined) return makeRefusedCheckResult('not JSON in UTF-8');
      return describesCase(json)
        ? checkResultForWholeFile
        : makeRefusedCheckResult('JSON about another case');
    },
  };
}

/**
 * Parses JSON without an error, because the parser's error message quotes the content. @returns undefined if it is not
 * JSON
 */
function parse(bytes: Uint8Array): unknown {
  try {
    return parseUtf8Json(bytes);
  } catch {
    return undefined;
  }
}
