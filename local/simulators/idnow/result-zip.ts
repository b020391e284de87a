import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { tinyVideo } from '../specimen-files/tiny-video.ts';
import { fileBase } from './attachment-names.ts';
import type { Ident } from './ident.ts';
import { resultFiles } from './result-files.ts';
import type { SigningKey } from './signing-key.ts';

export interface ZipOptions {
  key: SigningKey;
  /** Bytes added to the security feature video, for a ZIP as large as real ones. */
  padding: number;
}

/** The result ZIP as a stream. The same ident always gives the same bytes. */
export function resultZip(ident: Ident, { key, padding }: ZipOptions): NodeJS.ReadableStream {
  const zip = new ZipFile();
  const options = { mtime: finishedAt(ident), compress: false };
  const { small, videos } = resultFiles(ident, key);
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

/** Padding asks for a video, also in states that have none. */
function videosFor(ident: Ident, named: readonly string[], padding: number): readonly string[] {
  if (padding === 0 || named.length > 0) return named;
  return [`${fileBase(ident.identificationprocess.transactionnumber)}_securityfeaturevideo.mp4`];
}

/** ZIP times start in 1980; an ident without a time gets a fixed one, for the sake of equal bytes. */
function finishedAt({ identificationprocess: { identificationtime } }: Ident): Date {
  const time = Date.parse(identificationtime ?? '');
  return new Date(Number.isNaN(time) ? Date.UTC(2026, 0, 1) : time);
}
