import type { FileEndCheck } from './content-check.ts';

const shortHeader = 8;
const longHeader = 16;

/**
 * Checks the end of an MP4, QuickTime or HEIC file. The file is a sequence of boxes, and each box begins with its size
 * (ISO/IEC 14496-12, 4.2). The file is whole if it ends where a box ends.
 */
export function createMp4EndCheck(): FileEndCheck {
  let position = 0;
  let nextBox = 0;
  let header = Buffer.alloc(0);
  /** True if the last MP4 box extends to the end of the file, or has no valid size. */
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
    result() {
      if (isOpenEnded) return 'open-ended';
      return position === nextBox ? 'whole' : 'unusual-end';
    },
  };
}

/** Reads the size of an MP4 box from the box's header. @returns null if the header is not complete yet */
function sizeOf(header: Buffer): number | null {
  if (header.byteLength < shortHeader) return null;
  const size = header.readUInt32BE(0);
  if (size !== 1) return size;
  return header.byteLength < longHeader ? null : Number(header.readBigUInt64BE(8));
}
