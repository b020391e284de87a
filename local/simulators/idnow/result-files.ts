import { tinyJpeg, tinyPng } from '../specimen-files/tiny-images.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { buildIdentFileBaseName } from './attachment-names.ts';
import type { SimulatedIdent } from './ident.ts';
import { createIdentXml } from './result-xml.ts';
import type { IdentXmlSigningKey } from './signing-key.ts';

export interface IdentFiles {
  /** The content of each file in the ident's ZIP, by file name. Videos are absent, because they can exceed the memory. */
  small: ReadonlyMap<string, Buffer>;
  videos: readonly string[];
}

/** Creates the PDF report of an ident. */
export function createIdentPdf({
  identificationprocess: { id, result = 'STARTED' },
}: SimulatedIdent): Buffer {
  return tinyPdf(`Identification ${id}: ${result}`);
}

/** Creates the files in an ident's ZIP: the PDF, the XML, the signature of the XML, and each file in `attachments`. */
export function createIdentFiles(ident: SimulatedIdent, key: IdentXmlSigningKey): IdentFiles {
  const base = buildIdentFileBaseName(ident.identificationprocess.transactionnumber);
  const xml = Buffer.from(createIdentXml(ident), 'utf8');
  const small = new Map([
    [`${base}.pdf`, createIdentPdf(ident)],
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
