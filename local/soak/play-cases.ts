import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { createScenarioRun } from '../simulators/new-run.ts';
import { type PlayedStep, playScenario } from '../simulators/play-scenario.ts';
import { buildWebhookUrlAndCredentials } from '../simulators/provider-simulation.ts';
import { shortenRetrySchedule } from '../simulators/retry-schedule.ts';
import type { ScenarioRun } from '../simulators/scenario.ts';
import type { LocalSystem } from '../start-system.ts';
import type { SoakCases } from './cases.ts';
import { generateSoakScenarios, type SoakScenario } from './mix.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';
import type { SoakAnswerStatus } from './totals.ts';

export interface SoakPlayerOptions {
  readonly system: LocalSystem;
  readonly cases: SoakCases;
  readonly casesAtOnce: number;
  readonly patienceSeconds: number;
  /** The maximum number of webhooks per second. */
  readonly rate: number;
  /** Called before each case. When the function returns true, no further case starts. */
  isOver(): boolean;
  onAnswer(status: SoakAnswerStatus): void;
}

const Answer = z.object({
  status: z.enum(['accepted', 'duplicate', 'stale', 'quarantined']),
  sequence: z.number().optional(),
});

/** The time limit for the retries of a delivery that the stack refuses. A stack without faults refuses no delivery. */
const retrySeconds = 30;

/**
 * Plays `casesAtOnce` cases at the same time until `isOver()` returns true. A new case starts only when another case is
 * complete, or when the soak has waited for the other case long enough. So a slow stack gets fewer webhooks per second.
 */
export async function playSoakCases(context: SoakPlayerOptions): Promise<void> {
  const kinds = generateSoakScenarios();
  const pace = createRateLimiter(context.rate);
  const players = Array.from({ length: context.casesAtOnce }, async () => {
    while (!context.isOver()) await playCase(kinds.next().value, context, pace);
  });
  await Promise.all(players);
}

async function playCase(
  { provider, simulation, scenario, evidence }: SoakScenario,
  { system, cases, patienceSeconds, onAnswer }: SoakPlayerOptions,
  pace: RateLimiter,
): Promise<void> {
  const local = Object.entries(system.providers).find(([name]) => name === provider)?.[1];
  if (local === undefined || local.simulator === null) throw new Error(`${provider} has no simulator`);
  const access = simulation.readLocalConfig(local.config);
  const run = createScenarioRun({ account: access.account ?? simulation.defaultAccount });
  await pace(scenario.steps(run).length);
  const id = verificationId(provider, run, simulation.caseIdOf);
  cases.open(id, evidence);
  await playScenario({
    scenario,
    run,
    simulator: local.simulator,
    schedule: shortenRetrySchedule(retrySeconds, simulation.schedule),
    target: buildWebhookUrlAndCredentials(access, `${system.stack.url}/webhooks/${provider}`, run),
    onStep: (played) => {
      const { status, sequence } = answerOf(played);
      if (sequence !== undefined) cases.accept(id, sequence);
      onAnswer(status);
    },
  });
  await Promise.race([cases.waitUntilComplete(id), delay(patienceSeconds * 1000, undefined, { ref: false })]);
}

/** Returns the verification id of a case. It is the `subject` of the case's events. */
function verificationId(provider: string, run: ScenarioRun, caseIdOf?: (run: ScenarioRun) => string): string {
  if (caseIdOf !== undefined) return `${provider}:${caseIdOf(run)}`;
  return `${provider}:${run.account}:${run.reference.toLowerCase()}`;
}

function answerOf({ tries }: PlayedStep): { status: SoakAnswerStatus; sequence?: number | undefined } {
  const last = tries.at(-1);
  if (last === undefined || !last.accepted) return { status: 'refused' };
  return Answer.parse(JSON.parse(last.body));
}
