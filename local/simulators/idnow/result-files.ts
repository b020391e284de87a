import { tinyJpeg, tinyPng } from '../specimen-files/tiny-images.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { fileBase } from './attachment-names.ts';
import type { Ident } from './ident.ts';
import { resultXml } from './result-xml.ts';
import type { SigningKey } from './signing-key.ts';

export interface ResultFiles {
  /** The files that fit into memory, by name. */
  small: ReadonlyMap<string, Buffer>;
  videos: readonly string[];
}

/** The PDF of a result. */
export function resultPdf({ identificationprocess: { id, result = 'STARTED' } }: Ident): Buffer {
  return tinyPdf(`Identification ${id}: ${result}`);
}

/** All files of an ident: PDF, XML and its signature always, and whatever its attachments name. */
export function resultFiles(ident: Ident, key: SigningKey): ResultFiles {
  const base = fileBase(ident.identificationprocess.transactionnumber);
  const xml = Buffer.from(resultXml(ident), 'utf8');
  const small = new Map([
    [`${base}.pdf`, resultPdf(ident)],
    [`${base}.xml`, xml],
    [`${base}.xml.sig`, key.sign(xml)],
  ]);
  const videos: string[] = [];
  for (const name of Object.values(ident.attachments ?? {})) {
    if (small.has(name)) continue;
    if (name.endsWith('.mp4')) videos.push(name);
    else small.set(name, contentFor(name));
  }
  return { small, videos };
}

function contentFor(name: string): Buffer {
  if (name.endsWith('.pdf')) return tinyPdf(name);
  return name.endsWith('.png') ? tinyPng() : tinyJpeg();
}
