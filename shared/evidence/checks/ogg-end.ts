import type { FileEndCheck } from './content-check.ts';
import { createStreamTail } from './tail.ts';

const headerBytes = 27;
/** The size of the largest page of an Ogg file: a header, the table of segments, and 255 segments of 255 bytes. */
const maxPageBytes = headerBytes + 255 + 255 * 255;
const version = 0;
const endOfStream = 0x04;

/**
 * Checks the end of an Ogg file. An Ogg file is a sequence of pages, and its last page has the flag "end of stream" (RFC
 * 3533, 6).
 */
export function createOggEndCheck(): FileEndCheck {
  const tail = createStreamTail(maxPageBytes);
  return { push: tail.push, result: () => (endsWithLastPage(tail.bytes()) ? 'whole' : 'unusual-end') };
}

function endsWithLastPage(tail: Buffer): boolean {
  for (let start = tail.lastIndexOf('OggS'); start >= 0; ) {
    const flags = tail[start + 5] ?? 0;
    const isPage = tail[start + 4] === version && start + pageLength(tail, start) === tail.byteLength;
    if (isPage) return (flags & endOfStream) !== 0;
    // This `OggS`, the mark of a page, does not start the last page: the content of a page may also contain `OggS`.
    // Search for an earlier mark.
    start = start === 0 ? -1 : tail.lastIndexOf('OggS', start - 1);
  }
  return false;
}

function pageLength(bytes: Buffer, start: number): number {
  const segments = bytes[start + headerBytes - 1] ?? 0;
  const table = bytes.subarray(start + headerBytes, start + headerBytes + segments);
  return headerBytes + segments + table.reduce((sum, length) => sum + length, 0);
}
