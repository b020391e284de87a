import { type ContentCheck, refused } from './content-check.ts';
import { fileEndOf } from './file-end.ts';
import { beginsAsMarkup, looksLikeText } from './looks-like-text.ts';

export const pdfType = 'application/pdf';

/** @param beginning the first bytes */
export function pdfCheck(beginning: Uint8Array): ContentCheck {
  const end = fileEndOf(pdfType, beginning);
  return {
    contentType: pdfType,
    push: end.push,
    end: async () => (beginsAsPdf(beginning) ? { kind: end.verdict() } : refused('does not begin as a PDF')),
  };
}

/**
 * Readers take a PDF whose header is anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1). Before it may be white
 * space, or what a printer or a mail program has left, but no text: a message may tell of `%PDF-`.
 */
export function beginsAsPdf(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning.subarray(0, 1024));
  const text = head.toString('latin1');
  if (/^(\xef\xbb\xbf)?[\s\0]*%PDF-/.test(text)) return true;
  const header = text.search(/[\r\n]%PDF-/);
  if (header < 0) return false;
  const before = head.subarray(0, header);
  return text.startsWith(printerLanguage) || !(looksLikeText(before) || beginsAsMarkup(before));
}

/** Of a print job that was saved (PJL). */
const printerLanguage = '\x1b%-12345X';
