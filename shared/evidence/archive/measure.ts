import { createHash } from 'node:crypto';
import { EvidenceError } from '../../provider-api/evidence-error.ts';

export interface Measure {
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

interface Limits {
  /** What the sender announced; null where it did not. */
  readonly length: number | null;
  readonly minBytes?: number;
  readonly maxBytes: number;
}

/**
 * Passes bytes on while it counts and hashes them: our own measure of what we store.
 *
 * @throws EvidenceError (out of the stream, so that the upload is abandoned) where there are fewer or more
 * bytes than announced, fewer than there must be, or more than we archive (announced or come)
 */
export function measured(
  name: string,
  body: AsyncIterable<Uint8Array>,
  { length, minBytes = 0, maxBytes }: Limits,
): { readonly body: AsyncIterable<Uint8Array>; readonly measure: () => Measure } {
  const hash = createHash('sha256');
  let size = 0;
  async function* pass() {
    for await (const chunk of guarded(name, body)) {
      size += chunk.byteLength;
      if (Math.max(size, length ?? 0) > maxBytes)
        throw new EvidenceError('too_large', `${name}: over ${maxBytes} bytes`);
      hash.update(chunk);
      yield chunk;
    }
    if (size < minBytes) throw new EvidenceError('transient', `${name}: only ${size} bytes`);
    if (length !== null && size !== length) {
      throw new EvidenceError('transient', `${name}: ${size} bytes came of ${length}`);
    }
  }
  return { body: pass(), measure: () => ({ size, sha256: hash.copy().digest('hex') }) };
}

/** A connection that breaks in the middle is the provider's, not ours. */
async function* guarded(name: string, body: AsyncIterable<Uint8Array>) {
  try {
    yield* body;
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    throw new EvidenceError('transient', `${name}: broke off`, { cause });
  }
}
