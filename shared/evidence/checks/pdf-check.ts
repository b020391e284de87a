import { type ContentCheck, makeRefusedCheckResult } from './content-check.ts';
import { createFileEndCheck } from './end-check.ts';
import { beginsLikeMarkup, looksLikeText } from './looks-like-text.ts';

export const pdfContentType = 'application/pdf';

/** Checks that a file is a PDF. @param beginning the first bytes */
export function createPdfCheck(beginning: Uint8Array): ContentCheck {
  const end = createFileEndCheck(pdfContentType, beginning);
  return {
    contentType: pdfContentType,
    push: end.push,
    end: async () =>
      beginsLikePdf(beginning) ? { kind: end.result() } : makeRefusedCheckResult('does not begin like a PDF'),
  };
}

/**
 * Checks whether these bytes begin like a PDF. The header `%PDF-` may be anywhere in the first kilobyte (ISO 32000-1,
 * H.3.4.1), after white space or the binary data of a printer or mail program. The header may not follow text, because an
 * error message may contain `%PDF-`.
 */
export function beginsLikePdf(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning.subarray(0, 1024));
  const text = head.toString('latin1');
  if (/^(\xef\xbb\xbf)?[\s\0]*%PDF-/.test(text)) return true;
  const header = text.search(/[\r\n]%PDF-/);
  if (header < 0) return false;
  const before = head.subarray(0, header);
  return text.startsWith(printerLanguage) || !(looksLikeText(before) || beginsLikeMarkup(before));
}

/** The first bytes of a saved print job in PJL, the job language of printers. A PDF may follow them. */
const printerLanguage = '\x1b%-12345X';
