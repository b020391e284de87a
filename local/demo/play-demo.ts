import type { ProviderSimulator } from '../providers/local-provider.ts';
import { findScenarioPlaySettings } from '../providers/simulation-of.ts';
import { createScenarioRun } from '../simulators/new-run.ts';
import { playScenario } from '../simulators/play-scenario.ts';
import {
  buildWebhookUrlAndCredentials,
  findScenario,
  type ScenarioPlaySettings,
} from '../simulators/provider-simulation.ts';
import type { LocalSystem } from '../start-system.ts';
import { bold, dim, print, printHeading } from '../terminal.ts';
import { createCaseEventReader } from './case-event-reader.ts';
import { explainSkippedDemo, formatArchivedObject, formatEvent, formatWebhookAnswer } from './demo-lines.ts';
import { listArchivedObjects } from './list-archive.ts';

/**
 * The time limit for the events of one demo case. They usually take one or two seconds, but much longer on a slow
 * machine.
 */
const patienceMs = 60_000;

/**
 * Plays one case of each provider that has a simulator. Prints our answers to the webhooks, the events and the archived
 * objects.
 *
 * @param stop a signal that ends the demo when it aborts
 */
export async function playDemo(system: LocalSystem, stop: AbortSignal): Promise<void> {
  let played = 0;
  for (const [name, { simulator, config }] of Object.entries(system.providers)) {
    const simulation = findScenarioPlaySettings(name);
    if (simulator === null || simulation === undefined) {
      print(dim(`\n  ${explainSkippedDemo(name, config.apiUrl)}`));
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
  readonly simulation: ScenarioPlaySettings;
  readonly simulator: ProviderSimulator;
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
  const run = createScenarioRun({ account: access.account ?? simulation.defaultAccount });
  const events = createCaseEventReader(stack, run.reference);

  printHeading(name, scenario.summary);
  await playScenario({
    scenario,
    run,
    simulator,
    // The demo sends each webhook only once. A retry would hide that the stack did not answer the first request.
    schedule: () => [],
    target: buildWebhookUrlAndCredentials(access, `${stack.url}/webhooks/${name}`, run),
    onStep: ({ step, tries }) => print(`    ${step.title.padEnd(36)} ${formatWebhookAnswer(tries.at(-1))}`),
  });

  if (stop.aborted) return;
  printHeading('queue', 'what a consumer reads');
  const archived = await events.readUntil(
    'idv.evidence.archived.v1',
    AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]),
    (event) => {
      for (const line of formatEvent(event)) print(`    ${line}`);
    },
  );
  events.close();
  if (archived === null) {
    if (stop.aborted) return;
    throw new Error(
      `no evidence was archived within ${patienceMs / 1000} s; "npm start -- --verbose" shows why`,
    );
  }

  const { bucket, manifest } = archived.data.evidence ?? {};
  printHeading('archive', `s3://${bucket}`);
  for (const object of await listArchivedObjects(stack, manifest ?? ''))
    print(`    ${formatArchivedObject(object)}`);
}
