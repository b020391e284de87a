import type { Conclusion } from '../../contract/evidence-adapter.ts';
import type { Reading } from '../../contract/reading.ts';
import { formatState } from '../case/explain-case.ts';
import { type DifferentLeaf, listDifferentLeaves } from './compare-values.ts';

/** What two versions of a reader say about the same bytes. */
export interface Comparison {
  /** What the earlier version says in short: a state, or why it does not understand the bytes. */
  readonly before: string;
  readonly after: string;
  /** The leaves that differ. If only one version understands the bytes, there is one: `understood`. */
  readonly leaves: readonly DifferentLeaf[];
}

/** Compares two readings of one case in a delivery. Undefined: the reader finds no case at this position. Pure. */
export function compareReadings(before: Reading | undefined, after: Reading | undefined): Comparison {
  const summary = { before: summarizeReading(before), after: summarizeReading(after) };
  const understood = [before, after].map((reading) => reading?.kind === 'understood');
  const leaves =
    understood[0] === understood[1]
      ? listDifferentLeaves(contentOf(before), contentOf(after))
      : [{ path: 'understood', before: understood[0], after: understood[1] }];
  return { ...summary, leaves };
}

const contentOf = (reading: Reading | undefined) =>
  reading?.kind === 'understood' ? reading.transition : reading;

function summarizeReading(reading: Reading | undefined): string {
  if (reading === undefined) return 'no case';
  return reading.kind === 'understood' ? formatState(reading.transition) : `quarantined (${reading.reason})`;
}

/** What a reader concludes from an archived result; `refused` if it throws, with the class of the error. */
export type ConcludedResult =
  | { readonly kind: 'concluded'; readonly conclusion: Conclusion }
  | { readonly kind: 'refused'; readonly error: string };

/** Compares two conclusions from one archived result. Pure. */
export function compareConclusions(before: ConcludedResult, after: ConcludedResult): Comparison {
  return {
    before: summarizeConclusion(before),
    after: summarizeConclusion(after),
    leaves: listDifferentLeaves(factsOf(before), factsOf(after)),
  };
}

/** The facts of a conclusion. The names of further artifacts are left out, because a diff archives nothing. */
function factsOf(result: ConcludedResult) {
  if (result.kind === 'refused') return result;
  const { transition, findings, reasons = [], outcome = null, reference } = result.conclusion;
  return { result: { transition, findings, reasons, outcome, reference } };
}

function summarizeConclusion(result: ConcludedResult): string {
  if (result.kind === 'refused') return `refused (${result.error})`;
  const { transition } = result.conclusion;
  return transition === null ? 'decides nothing' : formatState(transition);
}
