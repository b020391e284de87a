import { type ContentCheck, refused } from './content-check.ts';
import { fileEndOf } from './file-end.ts';

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

/** Readers take a PDF whose header is anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1). */
export function beginsAsPdf(beginning: Uint8Array): boolean {
  const head = Buffer.from(beginning.subarray(0, 1024)).toString('latin1');
  return head.includes('%PDF-') && !/^\s*[<{[]/.test(head);
}
