import { createPartBuffer, type PartBuffer } from './part-buffer.ts';

/** A part of a file, in memory. */
export interface FilePart {
  /** Counts the parts of the file, from 1. */
  readonly number: number;
  readonly isLast: boolean;
  readonly bytes: Buffer;
  /** The CRC32 of the bytes, in Base64. */
  readonly crc32: string;
  /** Gives the memory of `bytes` back, for a later part. Call it when the part is stored. */
  release(): void;
}

/**
 * Cuts a body into parts of `partBytes`; only the last part may be smaller. An empty body has one empty part. A part is
 * read when it is requested, so the memory holds only parts that are not released.
 *
 * @throws the error of the body; the reason of the signal, if it is aborted between two chunks
 */
export async function* cutIntoParts(
  body: AsyncIterable<Uint8Array>,
  partBytes: number,
  signal: AbortSignal,
): AsyncGenerator<FilePart, void, undefined> {
  const free: PartBuffer[] = [];
  let number = 0;
  const part = (buffer: PartBuffer, isLast: boolean): FilePart => ({
    number: ++number,
    isLast,
    bytes: buffer.bytes(),
    crc32: buffer.checksum(),
    release() {
      buffer.clear();
      free.push(buffer);
    },
  });

  let buffer = createPartBuffer(partBytes);
  for await (const chunk of body) {
    signal.throwIfAborted();
    for (let rest = chunk; rest.byteLength > 0; rest = buffer.fill(rest)) {
      if (!buffer.isFull) continue;
      yield part(buffer, false);
      buffer = free.pop() ?? createPartBuffer(partBytes);
    }
  }
  yield part(buffer, true);
}
