import { EvidenceError } from '../../provider-api/evidence-error.ts';
import { mayBeginJson } from '../../provider-api/read-bounded.ts';
import { type ContentCheck, refused, refusedCheck, whole } from './content-check.ts';

/** An ident is some 10 KB of JSON. It has to be read whole. */
const maxMiB = 20;

/**
 * @param beginning the first bytes
 * @param describesCase whether the JSON is about the case that was asked for
 */
export function jsonCheck(beginning: Uint8Array, describesCase: (json: unknown) => boolean): ContentCheck {
  if (!mayBeginJson(beginning)) return refusedCheck('does not begin as JSON');
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
      if (json === undefined) return refused('no JSON in UTF-8');
      return describesCase(json) ? whole : refused('JSON that is not about this case');
    },
  };
}

/** Undefined where it is no JSON: the parser's own message would quote the content. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
