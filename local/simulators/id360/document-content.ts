import { createHash } from 'node:crypto';
import { tinyJpeg } from '../specimen-files/tiny-images.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { tinyVideo } from '../specimen-files/tiny-video.ts';
import type { FileReference } from './file-url.ts';

export interface DocumentContent {
  type: 'image/jpeg' | 'application/pdf' | 'video/mp4';
  chunks(): Iterable<Buffer>;
}

/** Documents that are usually PDFs. Documents with `video` in their name are videos. All others are photographs. */
const PDF = /^(bank_details|income_tax|kbis|pay_slip|property_tax|proof_of_address)/;

/** Creates the content of one page. Each page has different bytes, and the same page always has the same bytes. */
export function documentContent({ name, documentId, page }: FileReference, padding = 0): DocumentContent {
  const label = `${name} ${documentId}/${page}`;
  if (/video/.test(name)) return { type: 'video/mp4', chunks: () => tinyVideo(padding, label).chunks() };
  if (PDF.test(name)) return { type: 'application/pdf', chunks: () => [tinyPdf(label)] };
  return { type: 'image/jpeg', chunks: () => [tinyJpeg(label)] };
}

/** Returns the MD5 hash of the content in hexadecimal digits, as in the report. */
export function documentHash({ chunks }: DocumentContent): string {
  const hash = createHash('md5');
  for (const chunk of chunks()) hash.update(chunk);
  return hash.digest('hex');
}
