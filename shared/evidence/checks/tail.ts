/** The last bytes of a stream. */
export interface StreamTail {
  push(chunk: Uint8Array): void;
  /** The number of all pushed bytes. */
  readonly size: number;
  /** Returns the last bytes: the requested number, or the whole stream if it is shorter. */
  bytes(): Buffer;
}

const firstMemoryBytes = 64 * 1024;

/**
 * Keeps the last `length` bytes of a stream in memory. The bytes are copied into a ring: if chunks themselves were kept,
 * they would live long enough to make the garbage collector work several times as much.
 */
export function createStreamTail(length: number): StreamTail {
  /** Grows to `length` bytes. It is a ring from then on: the byte at position p is at p modulo `length`. */
  let ring = Buffer.allocUnsafeSlow(Math.min(length, firstMemoryBytes));
  let size = 0;

  const makeRoom = (bytes: number) => {
    if (size + bytes <= ring.byteLength || ring.byteLength === length) return;
    const larger = Buffer.allocUnsafeSlow(Math.min(length, 2 * (size + bytes)));
    ring.copy(larger, 0, 0, size);
    ring = larger;
  };

  return {
    push(chunk) {
      makeRoom(chunk.byteLength);
      const last = chunk.subarray(-ring.byteLength);
      const start = (size + chunk.byteLength - last.byteLength) % ring.byteLength;
      const untilEnd = last.subarray(0, ring.byteLength - start);
      ring.set(untilEnd, start);
      ring.set(last.subarray(untilEnd.byteLength), 0);
      size += chunk.byteLength;
    },
    get size() {
      return size;
    },
    bytes() {
      if (size <= ring.byteLength) return Buffer.from(ring.subarray(0, size));
      const oldest = size % ring.byteLength;
      return Buffer.concat([ring.subarray(oldest), ring.subarray(0, oldest)]);
    },
  };
}
