import type { VerificationState } from '../../contract/state.ts';

/** Returns true if the evidence of an ident in this state is archived. */
export type EvidenceRule = (state: Pick<VerificationState, 'finality' | 'outcome'>) => boolean;

/** @param archiveEnded true if the evidence of aborted and canceled idents is archived, too */
export function makeIdnowEvidenceRule(archiveEnded: boolean): EvidenceRule {
  return ({ finality, outcome }) => finality === 'final' || (archiveEnded && outcome !== null);
}
