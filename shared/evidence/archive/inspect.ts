import type { Ending } from '../../contract/evidence-source.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { ContentCheck, Verdict } from '../checks/content-check.ts';
import type { HashComparison } from '../checks/provider-hash.ts';
import type { Measure } from './measure.ts';

export interface Inspection {
  readonly check: ContentCheck;
  /** Null where the provider gives no hash that can be compared. */
  readonly hash: HashComparison | null;
  readonly ending: Ending;
  /** What has passed so far. */
  readonly measure: () => Measure;
  /** What an earlier transfer of the same file has brought; null where this is the first. */
  readonly earlier: Measure | null;
}

/** A transfer that may have been cut. */
export class UnprovenEnd extends EvidenceError {
  readonly measure: Measure;

  constructor(message: string, measure: Measure) {
    super('transient', message);
    this.measure = measure;
  }
}

/**
 * Passes bytes on while it checks what they are. A body that is not what it must be fails at its end, so that the
 * upload is abandoned and nothing is stored.
 *
 * @throws EvidenceError `transient` (out of the stream)
 */
export async function* inspected(
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
    throw new EvidenceError('transient', `${name}: not the file that the provider's hash is of`);
  }
  const verdict = await check.end();
  switch (conclusionOf(verdict, ending)) {
    case 'complete':
      return;
    case 'refused':
      throw new EvidenceError('transient', `${name}: ${whyOf(verdict)}`);
    case 'unproven':
      if (earlier?.sha256 === measure().sha256) return;
      throw new UnprovenEnd(`${name}: may have been cut`, measure());
  }
}

/**
 * What a verdict means, by how the transfer has ended:
 *
 *              length     last-chunk   close
 * whole        complete   complete     complete
 * unusual-end  complete   unproven     unproven
 * open-ended   complete   complete     unproven
 * cut          complete   refused      refused
 * refused      refused    refused      refused
 *
 * All announced bytes of a file with an unusual end are the file. A last chunk may be a proxy's, which got a part of it.
 */
function conclusionOf({ kind }: Verdict, ending: Ending): 'complete' | 'unproven' | 'refused' {
  if (kind === 'refused') return 'refused';
  if (kind === 'whole' || ending === 'length') return 'complete';
  if (kind === 'cut') return 'refused';
  return kind === 'unusual-end' || ending === 'close' ? 'unproven' : 'complete';
}

const whyOf = (verdict: Verdict) => (verdict.kind === 'refused' ? verdict.why : 'cut off');
