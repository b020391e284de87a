import { EvidenceError, type FailureKind } from './evidence-error.ts';

const noData: readonly FailureKind[] = ['not_ready', 'not_found', 'gone'];

/**
 * Makes a handler for `catch` that returns null if the provider has no data of a case: not yet, not any more, or never. It
 * rethrows all other errors.
 */
export function nullIfNoData(error: unknown): null {
  if (error instanceof EvidenceError && noData.includes(error.kind)) return null;
  throw error;
}
