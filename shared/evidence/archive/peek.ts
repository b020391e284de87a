import { addAbortSignal, Readable } from 'node:stream';

export interface Peeked {
  /** The first bytes: at least as many as asked for, where there are so many. */
  readonly beginning: Uint8Array;
  /** All bytes, the first ones included. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the transfer, where it is still going on. */
  close(): void;
}

/** Looks at the beginning of a body before anything is done with it. @throws as the body does, or once the signal is aborted */
export async function peek(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
  signal: AbortSignal,
): Promise<Peeked> {
  const stream = addAbortSignal(signal, Readable.from(body, { objectMode: false }));
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  while (size < bytes) {
    const { done, value } = await chunks.next();
    if (done) break;
    taken.push(value);
    size += value.byteLength;
  }
  async function* all() {
    yield* taken;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { beginning: Buffer.concat(taken), body: all(), close: () => void stream.destroy() };
}
