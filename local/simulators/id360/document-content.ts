import { createHash } from 'node:crypto';
import { tinyJpeg } from '../specimen-files/tiny-images.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { tinyVideo } from '../specimen-files/tiny-video.ts';
import type { FileReference } from './file-url.ts';

export interface DocumentContent {
  type: 'image/jpeg' | 'application/pdf' | 'video/mp4';
  chunks(): Iterable<Buffer>;
}

/** Documents that people have as PDF; the others are photographs, and videos say so in their name. */
const PDF = /^(bank_details|income_tax|kbis|pay_slip|property_tax|proof_of_address)/;

/** The bytes of one page: no two pages have the same, and a page always has the same. */
export function documentContent({ name, documentId, page }: FileReference, padding = 0): DocumentContent {
  const label = `${name} ${documentId}/${page}`;
  if (/video/.test(name)) return { type: 'video/mp4', chunks: () => tinyVideo(padding, label).chunks() };
  if (PDF.test(name)) return { type: 'application/pdf', chunks: () => [tinyPdf(label)] };
  return { type: 'image/jpeg', chunks: () => [tinyJpeg(label)] };
}

/** As the report writes it: MD5, in hexadecimal digits. */
export function documentHash({ chunks }: DocumentContent): string {
  const hash = createHash('md5');
  for (const chunk of chunks()) hash.update(chunk);
  return hash.digest('hex');
}
