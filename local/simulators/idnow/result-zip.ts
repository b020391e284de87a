import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { tinyVideo } from '../specimen-files/tiny-video.ts';
import { buildIdentFileBaseName } from './attachment-names.ts';
import type { SimulatedIdent } from './ident.ts';
import { createIdentFiles } from './result-files.ts';
import type { IdentXmlSigningKey } from './signing-key.ts';

export interface IdentZipOptions {
  key: IdentXmlSigningKey;
  /** The number of bytes to add to the video in the ZIP, because real ZIPs are large. */
  padding: number;
}

/** Creates the ZIP of an ident, as a stream. The same ident always gives the same bytes. */
export function createIdentZip(
  ident: SimulatedIdent,
  { key, padding }: IdentZipOptions,
): NodeJS.ReadableStream {
  const zip = new ZipFile();
  const options = { mtime: finishedAt(ident), compress: false };
  const { small, videos } = createIdentFiles(ident, key);
  for (const [name, content] of small) zip.addBuffer(content, name, options);
  for (const name of videosFor(ident, videos, padding)) {
    const video = tinyVideo(padding);
    zip.addReadStreamLazy(name, { ...options, size: video.size }, (give) => {
      give(null, Readable.from(video.chunks()));
    });
  }
  zip.end();
  return zip.outputStream;
}

/** Returns the names of the videos in the ident's ZIP. Adds a video if there is none, but padding to store. */
function videosFor(ident: SimulatedIdent, named: readonly string[], padding: number): readonly string[] {
  if (padding === 0 || named.length > 0) return named;
  return [
    `${buildIdentFileBaseName(ident.identificationprocess.transactionnumber)}_securityfeaturevideo.mp4`,
  ];
}

/** Returns the modification time of the files in the ident's ZIP. Default: a fixed time, so its bytes stay the same. */
function finishedAt({ identificationprocess: { identificationtime } }: SimulatedIdent): Date {
  const time = Date.parse(identificationtime ?? '');
  return new Date(Number.isNaN(time) ? Date.UTC(2026, 0, 1) : time);
}
