import { type ContentCheck, refused } from './content-check.ts';
import { endCheckOf } from './end-check.ts';
import { beginsAsMarkup, looksLikeText } from './looks-like-text.ts';

export const pdfType = 'application/pdf';

/** Checks that a file is a PDF. @param beginning the first bytes */
export function pdfCheck(beginning: Uint8Array): ContentCheck {
  const end = endCheckOf(pdfType, beginning);
  return {
    contentType: pdfType,
    push: end.push,
    end: async () => (beginsAsPdf(beginning) ? { kind: end.result() } : refused('does not begin like a PDF')),
  };
}

/**
 * Checks whether these bytes begin like a PDF. The header `%PDF-` may be anywhere in the first kilobyte (ISO 32000-1,
 * H.3.4.1), after white space or the binary data of a printer or mail program. The header may not follow text, because an
 * error message may contain `%PDF-`.
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

/** The first bytes of a saved print job in PJL, the job language of printers. A PDF may follow them. */
const printerLanguage = '\x1b%-12345X';
