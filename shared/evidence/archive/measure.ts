import { createHash } from 'node:crypto';
import { EvidenceError } from '../../provider-api/evidence-error.ts';

export interface SizeAndHash {
  /** The number of bytes. */
  readonly size: number;
  /** The SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
}

interface Limits {
  /** The announced number of bytes; null if the sender announced none. */
  readonly length: number | null;
  readonly minBytes?: number;
  readonly maxBytes: number;
}

/**
 * Counts and hashes bytes while it passes them on.
 *
 * @throws EvidenceError from the stream, so that the upload stops. `transient`: the number of bytes differs from the
 * announced length, or is below `minBytes`. `too_large`: the announced length or the number of bytes exceeds `maxBytes`
 */
export function countAndHashWhileStreaming(
  name: string,
  body: AsyncIterable<Uint8Array>,
  { length, minBytes = 0, maxBytes }: Limits,
): { readonly body: AsyncIterable<Uint8Array>; readonly measure: () => SizeAndHash } {
  const hash = createHash('sha256');
  let size = 0;
  async function* pass() {
    for await (const chunk of withTransientErrors(name, body)) {
      size += chunk.byteLength;
      if (Math.max(size, length ?? 0) > maxBytes)
        throw new EvidenceError('too_large', `${name}: over ${maxBytes} bytes`);
      hash.update(chunk);
      yield chunk;
    }
    if (size < minBytes) throw new EvidenceError('transient', `${name}: only ${size} bytes`);
    if (length !== null && size !== length) {
      throw new EvidenceError('transient', `${name}: received ${size} of ${length} bytes`);
    }
  }
  return { body: pass(), measure: () => ({ size, sha256: hash.copy().digest('hex') }) };
}

/** Returns the size and hash of bytes that are in memory. */
export function measureBytes(bytes: Uint8Array): SizeAndHash {
  return { size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Turns the error of a broken connection to the provider into a `transient` failure. */
async function* withTransientErrors(name: string, body: AsyncIterable<Uint8Array>) {
  try {
    yield* body;
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    throw new EvidenceError('transient', `${name}: transfer broke off`, { cause });
  }
}
