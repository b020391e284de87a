import type { Simulator } from '../providers/local-provider.ts';
import { simulationOf } from '../providers/simulation-of.ts';
import { newRun } from '../simulators/new-run.ts';
import { playScenario } from '../simulators/play-scenario.ts';
import { findScenario, type ProviderSimulation, targetOf } from '../simulators/provider-simulation.ts';
import type { LocalSystem } from '../start-system.ts';
import { bold, dim, heading, print } from '../terminal.ts';
import { eventReader } from './event-reader.ts';
import { listArchive } from './list-archive.ts';
import { answerText, eventLines, objectLine, skippedText } from './texts.ts';

/** Long enough for the slowest machine; the demo takes a second or two. */
const patienceMs = 60_000;

/**
 * Plays one case of each provider that is simulated here, and shows what comes of it: each answer, each
 * event as a consumer of the queue reads it, each archived object.
 *
 * @param stop ends it wherever it is
 */
export async function playDemo(system: LocalSystem, stop: AbortSignal): Promise<void> {
  let played = 0;
  for (const [name, { simulator, config }] of Object.entries(system.providers)) {
    const simulation = simulationOf(name);
    if (simulator === null || simulation === undefined) {
      print(dim(`\n  ${skippedText(name, config.apiUrl)}`));
    } else {
      await playCase(system, { name, simulation, simulator, config, stop });
      played += 1;
    }
  }
  if (played === 0 || stop.aborted) return;
  print(`\n  ${bold('done')}  ${dim('everything above went through the deployed code')}`);
}

interface Case {
  readonly name: string;
  readonly simulation: ProviderSimulation;
  readonly simulator: Simulator;
  readonly config: unknown;
  readonly stop: AbortSignal;
}

async function playCase(
  { stack }: LocalSystem,
  { name, simulation, simulator, config, stop }: Case,
): Promise<void> {
  const scenario = findScenario(simulation, 'DEMO');
  if (scenario === undefined) throw new Error(`${name} has no scenario DEMO`);
  const access = simulation.readLocalConfig(config);
  const run = newRun({ account: access.account ?? simulation.defaultAccount });
  const events = eventReader(stack, run.reference);

  heading(name, scenario.summary);
  await playScenario({
    scenario,
    run,
    simulator,
    // Once each: a stack that does not answer is a defect to be seen, not to be waited for.
    schedule: () => [],
    target: targetOf(access, `${stack.url}/webhooks/${name}`, run),
    onStep: ({ step, tries }) => print(`    ${step.title.padEnd(36)} ${answerText(tries.at(-1))}`),
  });

  if (stop.aborted) return;
  heading('queue', 'what a consumer reads');
  const archived = await events.until(
    'idv.evidence.archived.v1',
    AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]),
    (event) => {
      for (const line of eventLines(event)) print(`    ${line}`);
    },
  );
  events.close();
  if (archived === null) {
    if (stop.aborted) return;
    throw new Error(`no evidence within ${patienceMs / 1000} s; "npm start -- --verbose" shows why`);
  }

  const { bucket, manifest } = archived.data.evidence ?? {};
  heading('archive', `s3://${bucket}`);
  for (const object of await listArchive(stack, manifest ?? '')) print(`    ${objectLine(object)}`);
}
