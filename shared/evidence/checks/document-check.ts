import { fileTypeFromBuffer } from 'file-type';
import { type ContentCheck, refusedCheck } from './content-check.ts';
import { fileEndOf } from './file-end.ts';
import { beginsAsMarkup, looksLikeText } from './looks-like-text.ts';
import { beginsAsPdf, pdfType } from './pdf-check.ts';
import { beginsAsZip, zipCheck } from './zip-check.ts';

/**
 * A file whose kind only its content tells: a photograph, a scan, a video. Text of any kind is refused, because it is an
 * error message. Other bytes are taken, also in a format that we do not know, unless they were declared as text.
 *
 * @param beginning the first bytes
 * @param declared the content type of the answer
 */
export async function documentCheck(beginning: Uint8Array, declared: string): Promise<ContentCheck> {
  const contentType = await typeOf(beginning);
  // Office documents and EPUBs are recognized as what they are, and are ZIPs all the same.
  if (beginsAsZip(beginning)) return { ...zipCheck(beginning), contentType: zipType(contentType, declared) };
  if (contentType === null ? isText(beginning, declared) : isTextType(contentType)) {
    return refusedCheck('text instead of a file');
  }
  const end = fileEndOf(contentType ?? unknownType, beginning);
  return { contentType, push: end.push, end: async () => ({ kind: end.verdict() }) };
}

/** Shows no end. What was declared is not what begins here. */
const unknownType = 'application/octet-stream';

/** Null where it is text, or in a format that we do not know. */
export async function typeOf(beginning: Uint8Array): Promise<string | null> {
  if (beginsAsPdf(beginning)) return pdfType;
  // Short signatures are words as well: a BMP begins with `BM`, a GIF with `GIF`.
  if (looksLikeText(beginning)) return null;
  return (await fileTypeFromBuffer(beginning))?.mime ?? null;
}

function isText(beginning: Uint8Array, declared: string): boolean {
  return looksLikeText(beginning) || beginsAsMarkup(beginning) || isTextType(declared);
}

function isTextType(type: string): boolean {
  return /^(text\/|application\/((problem|hal)\+)?(json|xml|javascript)\b)/i.test(type);
}

/** Where only a ZIP is recognized, what was declared may be more precise. */
function zipType(recognized: string | null, declared: string): string {
  if (recognized !== null && recognized !== 'application/zip') return recognized;
  return /^application\/(?!octet-stream)/i.test(declared) && !isTextType(declared)
    ? declared
    : 'application/zip';
}
