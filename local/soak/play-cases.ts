import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { newRun } from '../simulators/new-run.ts';
import { type PlayedStep, playScenario } from '../simulators/play-scenario.ts';
import { targetOf } from '../simulators/provider-simulation.ts';
import { within } from '../simulators/retry-schedule.ts';
import type { ScenarioRun } from '../simulators/scenario.ts';
import type { LocalSystem } from '../start-system.ts';
import type { Cases } from './cases.ts';
import { type Kind, mixedKinds } from './mix.ts';
import { evenPace, type Pace } from './pace.ts';
import type { AnswerStatus } from './totals.ts';

export interface PlayContext {
  readonly system: LocalSystem;
  readonly cases: Cases;
  readonly casesAtOnce: number;
  readonly patienceSeconds: number;
  /** Webhooks a second, at most. */
  readonly rate: number;
  /** Asked before each case. */
  isOver(): boolean;
  onAnswer(status: AnswerStatus): void;
}

const Answer = z.object({
  status: z.enum(['accepted', 'duplicate', 'stale', 'quarantined']),
  sequence: z.number().optional(),
});

/** A delivery that is refused is tried again for so long; on a sound stack none is. */
const retrySeconds = 30;

/**
 * Plays case after case until it is over, several at once. A case makes room for the next one only when a consumer
 * has seen all of it: a stack that falls behind gets no more than it can do, and its rate shows it.
 */
export async function playCases(context: PlayContext): Promise<void> {
  const kinds = mixedKinds();
  const pace = evenPace(context.rate);
  const players = Array.from({ length: context.casesAtOnce }, async () => {
    while (!context.isOver()) await playCase(kinds.next().value, context, pace);
  });
  await Promise.all(players);
}

async function playCase(
  { provider, simulation, scenario, evidence }: Kind,
  { system, cases, patienceSeconds, onAnswer }: PlayContext,
  pace: Pace,
): Promise<void> {
  const local = Object.entries(system.providers).find(([name]) => name === provider)?.[1];
  if (local === undefined || local.simulator === null) throw new Error(`${provider} has no simulator`);
  const access = simulation.readLocalConfig(local.config);
  const run = newRun({ account: access.account ?? simulation.defaultAccount });
  await pace(scenario.steps(run).length);
  const id = verificationId(provider, run, simulation.caseIdOf);
  cases.open(id, evidence);
  await playScenario({
    scenario,
    run,
    simulator: local.simulator,
    schedule: within(retrySeconds, simulation.schedule),
    target: targetOf(access, `${system.stack.url}/webhooks/${provider}`, run),
    onStep: (played) => {
      const { status, sequence } = answerOf(played);
      if (sequence !== undefined) cases.accept(id, sequence);
      onAnswer(status);
    },
  });
  await Promise.race([cases.completion(id), delay(patienceSeconds * 1000, undefined, { ref: false })]);
}

/** As the events' subject has it. */
function verificationId(provider: string, run: ScenarioRun, caseIdOf?: (run: ScenarioRun) => string): string {
  if (caseIdOf !== undefined) return `${provider}:${caseIdOf(run)}`;
  return `${provider}:${run.account}:${run.reference.toLowerCase()}`;
}

function answerOf({ tries }: PlayedStep): { status: AnswerStatus; sequence?: number | undefined } {
  const last = tries.at(-1);
  if (last === undefined || !last.accepted) return { status: 'refused' };
  return Answer.parse(JSON.parse(last.body));
}
