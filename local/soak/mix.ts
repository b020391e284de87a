import { findScenarioPlaySettings } from '../providers/simulation-of.ts';
import { findScenario, type ScenarioPlaySettings } from '../simulators/provider-simulation.ts';
import type { Scenario } from '../simulators/scenario.ts';
import type { ExpectedEvidence } from './case-tally.ts';

/** A scenario of a provider that the soak plays, with the evidence that the scenario must lead to. */
export interface SoakScenario {
  readonly provider: string;
  readonly simulation: ScenarioPlaySettings;
  readonly scenario: Scenario;
  readonly evidence: ExpectedEvidence;
}

/**
 * A scenario that sends one authentic body of an unknown shape. The receiver quarantines the body, and creates no
 * verification.
 */
const notUnderstood: Scenario = {
  name: 'UNREADABLE',
  summary: 'a body of an unknown shape',
  steps: ({ reference }) => [{ title: 'not understood', body: { reference, surprise: true }, state: null }],
};

/**
 * One round of the soak's traffic: scenarios whose deliveries are in order, and scenarios with duplicate, stale or
 * quarantined deliveries.
 */
const round: readonly (readonly [provider: string, scenario: string, evidence: ExpectedEvidence])[] = [
  ['idnow', 'HAPPYPATH', 'final'],
  ['id360', 'OK', 'final'],
  ['datakeen', 'APPROVED', 'every'],
  ['idnow', 'DUPLICATES', 'final'],
  ['id360', 'STEPS_OUT_OF_ORDER', 'final'],
  ['datakeen', 'DUPLICATE', 'every'],
  ['idnow', 'OUT_OF_ORDER', 'final'],
  ['id360', 'TIMEOUT', 'none'],
  ['datakeen', 'V1_DECLINED', 'every'],
  ['idnow', 'ABORTED_THEN_RETRY', 'final'],
  ['id360', 'FINAL_BEFORE_LAST_STEP', 'final'],
  ['datakeen', 'VERIFY_THEN_USER_APPROVED', 'every'],
  ['idnow', 'FRAUDIDENT', 'final'],
  ['id360', 'KO', 'final'],
  ['datakeen', 'REVISED_FINAL', 'every'],
  ['idnow', 'CANCELED', 'none'],
  ['idnow', 'UNREADABLE', 'none'],
  ['id360', 'UNREADABLE', 'none'],
  ['datakeen', 'UNREADABLE', 'none'],
];

/**
 * Yields the scenarios of the soak one after another. After the last scenario, begins again with the first, without
 * end.
 */
export function* generateSoakScenarios(): Generator<SoakScenario, never> {
  const kinds = round.map(([provider, name, evidence]) => kindOf(provider, name, evidence));
  for (;;) yield* kinds;
}

function kindOf(provider: string, name: string, evidence: ExpectedEvidence): SoakScenario {
  const simulation = findScenarioPlaySettings(provider);
  const scenario = name === notUnderstood.name ? notUnderstood : simulation && findScenario(simulation, name);
  if (simulation === undefined || scenario === undefined) {
    throw new Error(`There is no scenario ${name} of ${provider}`);
  }
  return { provider, simulation, scenario, evidence };
}
