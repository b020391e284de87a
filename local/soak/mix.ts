import { simulationOf } from '../providers/simulation-of.ts';
import { findScenario, type ProviderSimulation } from '../simulators/provider-simulation.ts';
import type { Scenario } from '../simulators/scenario.ts';
import type { EvidenceRule } from './case-ledger.ts';

/** A kind of case that the soak plays. */
export interface Kind {
  readonly provider: string;
  readonly simulation: ProviderSimulation;
  readonly scenario: Scenario;
  readonly evidence: EvidenceRule;
}

/** Authentic, but of no form that the provider has: quarantined. Nothing becomes known of a case. */
const unreadable: Scenario = {
  name: 'UNREADABLE',
  summary: 'a body that is not understood',
  steps: ({ reference }) => [{ title: 'not understood', body: { reference, surprise: true }, state: null }],
};

/** One round of the traffic. Every way of a delivery is in it: in order, twice, late, not understood. */
const round: readonly (readonly [provider: string, scenario: string, evidence: EvidenceRule])[] = [
  ['idnow', 'HAPPYPATH', 'of-final'],
  ['id360', 'OK', 'of-final'],
  ['datakeen', 'APPROVED', 'of-each'],
  ['idnow', 'DUPLICATES', 'of-final'],
  ['id360', 'STEPS_OUT_OF_ORDER', 'of-final'],
  ['datakeen', 'DUPLICATE', 'of-each'],
  ['idnow', 'OUT_OF_ORDER', 'of-final'],
  ['id360', 'TIMEOUT', 'none'],
  ['datakeen', 'V1_DECLINED', 'of-each'],
  ['idnow', 'ABORTED_THEN_RETRY', 'of-final'],
  ['id360', 'FINAL_BEFORE_LAST_STEP', 'of-final'],
  ['datakeen', 'VERIFY_THEN_USER_APPROVED', 'of-each'],
  ['idnow', 'FRAUDIDENT', 'of-final'],
  ['id360', 'KO', 'of-final'],
  ['datakeen', 'REVERSED', 'of-each'],
  ['idnow', 'CANCELED', 'none'],
  ['idnow', 'UNREADABLE', 'none'],
  ['id360', 'UNREADABLE', 'none'],
  ['datakeen', 'UNREADABLE', 'none'],
];

/** The kinds of cases, round after round without end. */
export function* mixedKinds(): Generator<Kind, never> {
  const kinds = round.map(([provider, name, evidence]) => kindOf(provider, name, evidence));
  for (;;) yield* kinds;
}

function kindOf(provider: string, name: string, evidence: EvidenceRule): Kind {
  const simulation = simulationOf(provider);
  const scenario = name === unreadable.name ? unreadable : simulation && findScenario(simulation, name);
  if (simulation === undefined || scenario === undefined) {
    throw new Error(`There is no scenario ${name} of ${provider}`);
  }
  return { provider, simulation, scenario, evidence };
}
