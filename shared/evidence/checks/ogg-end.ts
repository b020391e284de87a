import type { FileEnd } from './content-check.ts';
import { tailOf } from './tail.ts';

const headerBytes = 27;
/** A header, its table of segments, and 255 segments of 255 bytes. */
const longestPage = headerBytes + 255 + 255 * 255;
const version = 0;
const endOfStream = 0x04;

/** An Ogg file is a sequence of pages, the last of which says that it is (RFC 3533, 6). */
export function oggEnd(): FileEnd {
  const tail = tailOf(longestPage);
  return { push: tail.push, verdict: () => (endsWithLastPage(tail.bytes()) ? 'whole' : 'unusual-end') };
}

function endsWithLastPage(tail: Buffer): boolean {
  for (let start = tail.lastIndexOf('OggS'); start >= 0; ) {
    const flags = tail[start + 5] ?? 0;
    const isPage = tail[start + 4] === version && start + pageLength(tail, start) === tail.byteLength;
    if (isPage) return (flags & endOfStream) !== 0;
    // The content of a page may look like the beginning of one.
    start = start === 0 ? -1 : tail.lastIndexOf('OggS', start - 1);
  }
  return false;
}

function pageLength(bytes: Buffer, start: number): number {
  const segments = bytes[start + headerBytes - 1] ?? 0;
  const table = bytes.subarray(start + headerBytes, start + headerBytes + segments);
  return headerBytes + segments + table.reduce((sum, length) => sum + length, 0);
}
