import { fileTypeFromBuffer } from 'file-type';
import { type ContentCheck, makeRefusingContentCheck } from './content-check.ts';
import { createFileEndCheck } from './end-check.ts';
import { beginsLikeMarkup, looksLikeText } from './looks-like-text.ts';
import { beginsLikePdf, pdfContentType } from './pdf-check.ts';
import { beginsLikeZip, createZipCheck } from './zip-check.ts';

/**
 * Checks a file of any kind, such as a photograph, a scan or a video. Text is refused, because a provider that sends text
 * reports an error. Other bytes are accepted even in an unknown format, unless the response declares them as text.
 *
 * @param beginning the first bytes of the file
 * @param declared the content type of the response
 */
export async function createNonTextCheck(beginning: Uint8Array, declared: string): Promise<ContentCheck> {
  const contentType = await detectContentType(beginning);
  // Office documents and EPUBs are ZIPs too. They keep their own, more precise content type.
  if (beginsLikeZip(beginning))
    return { ...createZipCheck(beginning), contentType: zipType(contentType, declared) };
  if (contentType === null ? isText(beginning, declared) : isTextType(contentType)) {
    return makeRefusingContentCheck('text instead of a file');
  }
  const end = createFileEndCheck(contentType ?? unknownType, beginning);
  return { contentType, push: end.push, end: async () => ({ kind: end.result() }) };
}

/**
 * The type that chooses the end check of a file in an unknown format. The declared type would choose a wrong check,
 * because the first bytes do not match it.
 */
const unknownType = 'application/octet-stream';

/** Returns the content type that the first bytes show; null for text and for unknown formats. */
export async function detectContentType(beginning: Uint8Array): Promise<string | null> {
  if (beginsLikePdf(beginning)) return pdfContentType;
  // Check for text before signatures, because a text may begin with a short signature: `BM` is the signature of bitmaps,
  // and `GIF` of GIF images.
  if (looksLikeText(beginning)) return null;
  return (await fileTypeFromBuffer(beginning))?.mime ?? null;
}

/**
 * Returns the content type of a file in a ZIP whose content is known to be right. A text keeps the type of its extension
 * if that is a type of texts. Bytes in an unknown format keep the type of their extension.
 *
 * @param declared the content type of the file's extension
 */
export async function detectContentTypeOfEntry(beginning: Uint8Array, declared: string): Promise<string> {
  const detected = await detectContentType(beginning);
  if (detected !== null) return detected;
  const isOtherType = beginning.byteLength > 0 && looksLikeText(beginning) && !isTextType(declared);
  return isOtherType ? 'text/plain' : declared;
}

function isText(beginning: Uint8Array, declared: string): boolean {
  return looksLikeText(beginning) || beginsLikeMarkup(beginning) || isTextType(declared);
}

function isTextType(type: string): boolean {
  return /^(text\/|application\/((problem|hal)\+)?(json|xml|javascript)\b)/i.test(type);
}

/**
 * Returns the content type of a ZIP, as precisely as possible. If the content shows a format that is based on ZIP, this
 * format is returned. Otherwise the declared type is returned, if a ZIP may have this type.
 */
function zipType(recognized: string | null, declared: string): string {
  if (recognized !== null && recognized !== 'application/zip') return recognized;
  return /^application\/(?!octet-stream)/i.test(declared) && !isTextType(declared)
    ? declared
    : 'application/zip';
}
