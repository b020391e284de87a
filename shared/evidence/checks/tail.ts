/** The last bytes of a stream. */
export interface StreamTail {
  push(chunk: Uint8Array): void;
  /** The number of all pushed bytes. */
  readonly size: number;
  /** Returns the last bytes: the requested number, or the whole stream if it is shorter. */
  bytes(): Buffer;
}

/** Keeps the last `length` bytes of a stream in memory, and at most one chunk more. */
export function createStreamTail(length: number): StreamTail {
  const chunks: Uint8Array[] = [];
  let kept = 0;
  let size = 0;
  return {
    push(chunk) {
      chunks.push(chunk);
      kept += chunk.byteLength;
      size += chunk.byteLength;
      for (let first = chunks[0]; first && kept - first.byteLength >= length; first = chunks[0]) {
        kept -= first.byteLength;
        chunks.shift();
      }
    },
    get size() {
      return size;
    },
    bytes() {
      const joined = Buffer.concat(chunks);
      return joined.subarray(Math.max(0, joined.byteLength - length));
    },
  };
}
