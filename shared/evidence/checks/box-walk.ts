import type { FileEnd } from './content-check.ts';

const shortHeader = 8;
const longHeader = 16;

/**
 * An MP4, QuickTime or HEIC file is a sequence of boxes, each of which begins with its size (ISO/IEC 14496-12, 4.2): it
 * is whole where it ends with one of them.
 */
export function boxWalk(): FileEnd {
  let position = 0;
  let nextBox = 0;
  let header = Buffer.alloc(0);
  /** The last box goes on to the end of the file, or is none. */
  let isOpenEnded = false;

  const readHeader = (chunk: Uint8Array) => {
    const from = nextBox + header.byteLength - position;
    header = Buffer.concat([header, chunk.subarray(from, from + longHeader - header.byteLength)]);
    const size = sizeOf(header);
    if (size === null) return false;
    isOpenEnded = size < shortHeader;
    nextBox += size;
    header = Buffer.alloc(0);
    return true;
  };

  return {
    push(chunk) {
      const end = position + chunk.byteLength;
      while (!isOpenEnded && nextBox + header.byteLength < end && readHeader(chunk));
      position = end;
    },
    verdict() {
      if (isOpenEnded) return 'open-ended';
      return position === nextBox ? 'whole' : 'unusual-end';
    },
  };
}

/** Null where too little of the header has come. */
function sizeOf(header: Buffer): number | null {
  if (header.byteLength < shortHeader) return null;
  const size = header.readUInt32BE(0);
  if (size !== 1) return size;
  return header.byteLength < longHeader ? null : Number(header.readBigUInt64BE(8));
}
