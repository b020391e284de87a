import type { State } from '../../shared/contract/state.ts';
import type { JobContext } from '../../shared/providers/evidence-source.ts';

/** A final state with this word, complete but for what the test is about. */
const stateOf = (providerStatus: string): State => ({
  phase: 'completed',
  outcome: 'approved',
  finality: 'final',
  flags: [],
  reasons: [],
  providerStatus,
});

/**
 * What a source is told of a try.
 *
 * @param providerStatus the provider's word in the state in force
 * @param stored what an earlier try has archived, by name
 */
export const jobContext = (providerStatus = 'OK', stored: Record<string, string> = {}): JobContext => ({
  state: stateOf(providerStatus),
  archived: async (name) => (name in stored ? Buffer.from(stored[name] ?? '') : null),
});
