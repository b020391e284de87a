import { crc32 } from 'node:zlib';
import { encodeCrc32 } from '../../platform/encode-crc32.ts';

/** Memory for one part of an upload. It is used again for a later part. */
export interface PartBuffer {
  /** True if no byte fits any more. */
  readonly isFull: boolean;
  /** Copies the first bytes of a chunk, as many as fit. @returns the bytes that did not fit */
  fill(chunk: Uint8Array): Uint8Array;
  /** Returns the bytes of the part. They change when the buffer is used again. */
  bytes(): Buffer;
  /**
   * Returns the CRC32 of the bytes that were given to `fill`, as S3 expects it. S3 compares it with the bytes that arrive,
   * so a buffer that changed before it was sent would be noticed.
   */
  checksum(): string;
  clear(): void;
}

/** Most files of a case are smaller. A small file does not need the memory of a whole part. */
const smallBytes = 256 * 1024;

export function createPartBuffer(maxBytes: number): PartBuffer {
  let memory = Buffer.allocUnsafeSlow(Math.min(smallBytes, maxBytes));
  let size = 0;
  let crc = 0;

  const makeRoom = (bytes: number) => {
    if (size + bytes <= memory.byteLength || memory.byteLength === maxBytes) return;
    const larger = Buffer.allocUnsafeSlow(maxBytes);
    memory.copy(larger, 0, 0, size);
    memory = larger;
  };

  return {
    get isFull() {
      return size === maxBytes;
    },
    fill(chunk) {
      makeRoom(chunk.byteLength);
      const fitting = chunk.subarray(0, maxBytes - size);
      memory.set(fitting, size);
      size += fitting.byteLength;
      crc = crc32(fitting, crc);
      return chunk.subarray(fitting.byteLength);
    },
    bytes: () => memory.subarray(0, size),
    checksum: () => encodeCrc32(crc),
    clear() {
      size = 0;
      crc = 0;
    },
  };
}
