import type { FileEnd } from './content-check.ts';

const signatureBytes = 8;
const headerBytes = 8;
const crcBytes = 4;

/**
 * A PNG is a sequence of chunks, each of which begins with its length; `IEND` is the last one (PNG, 5.3). A file that does
 * not come to it has been cut for certain. What follows it is not the image's.
 */
export function pngWalk(): FileEnd {
  let position = 0;
  let nextChunk = signatureBytes;
  let header = Buffer.alloc(0);
  let hasEnd = false;
  return {
    push(bytes) {
      const end = position + bytes.byteLength;
      while (!hasEnd && nextChunk + header.byteLength < end) {
        const from = nextChunk + header.byteLength - position;
        header = Buffer.concat([header, bytes.subarray(from, from + headerBytes - header.byteLength)]);
        if (header.byteLength < headerBytes) break;
        nextChunk += headerBytes + header.readUInt32BE(0) + crcBytes;
        hasEnd = header.toString('latin1', 4) === 'IEND';
        header = Buffer.alloc(0);
      }
      position = end;
    },
    verdict: () => (hasEnd && position >= nextChunk ? 'whole' : 'cut'),
  };
}
