import * as z from 'zod';
import { findScenarioPlaySettings } from '../../local/providers/simulation-of.ts';
import { createScenarioRun } from '../../local/simulators/new-run.ts';
import { type PlayedStep, playScenario } from '../../local/simulators/play-scenario.ts';
import {
  buildWebhookUrlAndCredentials,
  type ScenarioPlaySettings,
} from '../../local/simulators/provider-simulation.ts';
import type { CaseStateStore, Scenario, ScenarioRun } from '../../local/simulators/scenario.ts';
import type { LocalSystem } from '../../local/start-system.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { EventConsumer } from './event-consumer.ts';

/** A system to which the scenarios of providers can be played: the local stack, or a deployed stack. */
export interface PlayedSystem {
  readonly stack: Pick<LocalSystem['stack'], 'url'>;
  readonly providers: Readonly<
    Record<string, { readonly config: unknown; readonly simulator: CaseStateStore | null }>
  >;
}

/**
 * Plays the scenarios of one case with the built-in simulator, one after another, and waits for all events after each.
 *
 * @returns the events of the case, in queue order
 */
export async function playCompletely(
  { stack, providers }: PlayedSystem,
  events: EventConsumer,
  provider: string,
  scenarios: readonly Scenario[],
): Promise<VerificationEvent[]> {
  const simulation = simulationOf(provider);
  const { simulator, config } = providers[provider] ?? {};
  if (!simulator) throw new Error(`${provider} has no simulator`);
  const access = simulation.readLocalConfig(config);
  const run = createScenarioRun({ account: access.account ?? simulation.defaultAccount });
  const target = buildWebhookUrlAndCredentials(access, `${stack.url}/webhooks/${provider}`, run);
  const accepted: number[] = [];
  let received: VerificationEvent[] = [];
  for (const scenario of scenarios) {
    const { schedule } = simulation;
    const played = await playScenario({ scenario, run, simulator, schedule, target });
    accepted.push(...played.flatMap(acceptedSequence));
    received = await events.receiveUntil(verificationIdOf(provider, simulation, run), (each) =>
      isComplete(provider, each, accepted),
    );
  }
  return received;
}

export function simulationOf(provider: string): ScenarioPlaySettings {
  const simulation = findScenarioPlaySettings(provider);
  if (simulation === undefined) throw new Error(`there is no simulation of ${provider}`);
  return simulation;
}

/** Returns the id of the verification that a run of a scenario plays. */
export function verificationIdOf(
  provider: string,
  { caseIdOf }: ScenarioPlaySettings,
  run: ScenarioRun,
): string {
  return caseIdOf === undefined
    ? `${provider}:${run.account}:${run.reference.toLowerCase()}`
    : `${provider}:${caseIdOf(run)}`;
}

const Answer = z.object({ sequence: z.number().optional() });

function acceptedSequence({ tries }: PlayedStep): number[] {
  const last = tries.at(-1);
  const sequence = last?.accepted ? Answer.parse(JSON.parse(last.body)).sequence : undefined;
  return sequence === undefined ? [] : [sequence];
}

/** Checks whether all accepted webhooks are published, and each job that they requested has ended. */
function isComplete(
  provider: string,
  events: readonly VerificationEvent[],
  accepted: readonly number[],
): boolean {
  const ended = events.filter(({ type }) => type.startsWith('idv.evidence.'));
  const lastEnded = ended.at(-1)?.data.evidence?.requestedBy ?? 0;
  const decided = events
    .filter(
      ({ data: { finality, outcome } }) => finality === 'final' && /approved|declined/.test(outcome ?? ''),
    )
    .map(({ data }) => data.sequence);
  // At Datakeen, every webhook requests evidence. At the other providers, the last decision does.
  const requests =
    provider === 'datakeen' ? accepted : accepted.filter((each) => decided.includes(each)).slice(-1);
  return (
    events.length >= Math.max(...accepted) &&
    ended.length >= requests.length &&
    lastEnded >= Math.max(0, ...requests)
  );
}
