import type { TransferEndMarker } from '../../contract/artifact.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { ContentCheck, ContentCheckResult } from '../checks/content-check.ts';
import type { ProviderHashCheck } from '../checks/provider-hash.ts';
import type { SizeAndHash } from './measure.ts';

interface Inspection {
  readonly check: ContentCheck;
  /** Compares the bytes with the provider's hash; null if the provider gives no hash, or a hash that we cannot compare. */
  readonly hash: ProviderHashCheck | null;
  readonly ending: TransferEndMarker;
  /** Returns the size and hash of the bytes that have passed so far. */
  readonly measure: () => SizeAndHash;
  /** The size and hash of an earlier transfer of the same file; null for the first transfer. */
  readonly earlier: SizeAndHash | null;
}

/** The failure of a file without a proven end: nothing proves that its transfer was complete. */
export class UnprovenFileEndError extends EvidenceError {
  readonly measure: SizeAndHash;

  constructor(message: string, measure: SizeAndHash) {
    super('transient', message);
    this.measure = measure;
  }
}

/**
 * Passes bytes on and checks them. If the content is wrong, the stream fails before it ends, so that the upload stops and
 * nothing is stored.
 *
 * @throws EvidenceError `transient`, while the stream is read
 */
export async function* checkWhileStreaming(
  name: string,
  body: AsyncIterable<Uint8Array>,
  { check, hash, ending, measure, earlier }: Inspection,
): AsyncGenerator<Uint8Array> {
  if (check.refusedAtOnce !== undefined)
    throw new EvidenceError('transient', `${name}: ${check.refusedAtOnce}`);
  for await (const chunk of body) {
    check.push(chunk);
    hash?.update(chunk);
    yield chunk;
  }
  if (hash !== null && !hash.matches()) {
    throw new EvidenceError('transient', `${name}: does not match the provider's hash`);
  }
  const result = await check.end();
  switch (completenessOf(result, ending)) {
    case 'complete':
      return;
    case 'refused':
      throw new EvidenceError('transient', `${name}: ${reasonOf(result)}`);
    case 'unproven':
      if (earlier?.sha256 === measure().sha256) return;
      throw new UnprovenFileEndError(`${name}: may be cut off`, measure());
  }
}

/**
 * Decides whether a file is complete, from its end (rows) and the way in which the transfer ended (columns):
 *
 * ```
 *              length     last-chunk   close
 * whole        complete   complete     complete
 * unusual-end  complete   unproven     unproven
 * open-ended   complete   complete     unproven
 * cut          complete   refused      refused
 * refused      refused    refused      refused
 * ```
 *
 * `length`: all announced bytes have arrived, so the file is complete, even with an unusual end. `last-chunk` proves
 * less, because a proxy may have received only a part of the file.
 */
function completenessOf(
  { kind }: ContentCheckResult,
  ending: TransferEndMarker,
): 'complete' | 'unproven' | 'refused' {
  if (kind === 'refused') return 'refused';
  if (kind === 'whole' || ending === 'length') return 'complete';
  if (kind === 'cut') return 'refused';
  return kind === 'unusual-end' || ending === 'close' ? 'unproven' : 'complete';
}

const reasonOf = (result: ContentCheckResult) => (result.kind === 'refused' ? result.reason : 'cut off');
