import type { FileEndCheck } from './content-check.ts';

const signatureBytes = 8;
const headerBytes = 8;
const crcBytes = 4;

/**
 * Checks the end of a PNG. A PNG is a sequence of chunks. Each chunk begins with its length, and the last chunk is `IEND`
 * (PNG, 5.3). A file without `IEND` is certainly cut off. Bytes after `IEND` do not belong to the image.
 */
export function createPngEndCheck(): FileEndCheck {
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
    result: () => (hasEnd && position >= nextChunk ? 'whole' : 'cut'),
  };
}
