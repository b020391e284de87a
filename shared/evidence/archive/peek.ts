import { readUntilAborted } from './until-aborted.ts';

interface Peeked {
  /** The first bytes: at least the requested number, unless the body is shorter. */
  readonly beginning: Uint8Array;
  /** The whole body, including the first bytes. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the transfer of the body, if it is still running. */
  close(): void;
}

/**
 * Reads the first bytes of a body. The returned body still contains these bytes.
 *
 * @param bytes the minimum number of bytes to read
 * @throws the error of the body, or the reason of the signal if it is aborted
 */
export async function readFirstBytes(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
  signal: AbortSignal,
): Promise<Peeked> {
  const chunks = readUntilAborted(body, signal);
  // A failure to end the transfer changes nothing: the artifact is stored already, or it has failed with its own error.
  const close = () => void chunks.return().catch(() => undefined);
  const taken: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < bytes) {
      const { done, value } = await chunks.next();
      if (done) break;
      taken.push(value);
      size += value.byteLength;
    }
  } catch (error) {
    close();
    throw error;
  }
  async function* wholeBody() {
    yield* taken;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { beginning: Buffer.concat(taken), body: wholeBody(), close };
}
