import { createHash } from 'node:crypto';
import { tinyJpeg } from '../specimen-files/tiny-images.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { tinyVideo } from '../specimen-files/tiny-video.ts';
import type { DocumentPageReference } from './file-url.ts';

export interface Id360DocumentPageFile {
  type: 'image/jpeg' | 'application/pdf' | 'video/mp4';
  chunks(): Iterable<Buffer>;
}

/** The names of ID360 documents that are PDFs. Documents with `video` in the name are videos. All others are photos. */
const PDF = /^(bank_details|income_tax|kbis|pay_slip|property_tax|proof_of_address)/;

/** Creates the file of one page of an ID360 document. Two pages have different bytes. A page always has the same bytes. */
export function createId360DocumentPageFile(
  { name, documentId, page }: DocumentPageReference,
  padding = 0,
): Id360DocumentPageFile {
  const label = `${name} ${documentId}/${page}`;
  if (/video/.test(name)) return { type: 'video/mp4', chunks: () => tinyVideo(padding, label).chunks() };
  if (PDF.test(name)) return { type: 'application/pdf', chunks: () => [tinyPdf(label)] };
  return { type: 'image/jpeg', chunks: () => [tinyJpeg(label)] };
}

/** Returns the MD5 hash of a document's bytes in hexadecimal digits, as ID360's reports contain it. */
export function computeDocumentHash({ chunks }: Id360DocumentPageFile): string {
  const hash = createHash('md5');
  for (const chunk of chunks()) hash.update(chunk);
  return hash.digest('hex');
}
