import { ConfigurationError } from '../../shared/platform/errors.ts';
import { SimulateError, UsageError } from '../simulators/errors.ts';
import { createScenarioRun } from '../simulators/new-run.ts';
import { playScenario } from '../simulators/play-scenario.ts';
import { shortenRetrySchedule } from '../simulators/retry-schedule.ts';
import type { WebhookUrlAndCredentials } from '../simulators/webhook-target.ts';
import { parseSimulateCommandLine, type SimulateCommand } from './command-line.ts';
import { formatDeliveryLine, formatRetryLine } from './delivery-lines.ts';
import { fetchLocalWebhookDestination, type LocalWebhookDestination } from './local-stack.ts';
import { simulateHelpText } from './usage.ts';

export interface SimulateCommandConsole {
  print(line: string): void;
  complain(line: string): void;
  /** Waits for the given number of seconds. Tests replace it. Default: a real timer. */
  wait?: (seconds: number) => Promise<unknown>;
}

/**
 * Runs the command `npm run simulate`.
 * @returns the exit code: 0 if all deliveries that the scenario sends were accepted, 2 if an argument is invalid, 1 after any other failure
 */
export async function runSimulateCommand(
  args: readonly string[],
  console: SimulateCommandConsole,
): Promise<0 | 1 | 2> {
  try {
    const command = parseSimulateCommandLine(args);
    if (command === 'help') {
      console.print(simulateHelpText());
      return 0;
    }
    return await play(command, console);
  } catch (error) {
    if (!(error instanceof SimulateError || error instanceof ConfigurationError)) throw error;
    console.complain(error.message);
    if (!(error instanceof UsageError)) return 1;
    console.complain(`\n${simulateHelpText()}`);
    return 2;
  }
}

async function play(command: SimulateCommand, console: SimulateCommandConsole): Promise<0 | 1> {
  const { print, wait } = console;
  const { providerName, provider, scenario, giveUpAfter } = command;
  const { target: targetFor, account, simulator } = await destinationOf(command, console);
  const run = createScenarioRun({
    account: command.company ?? account ?? provider.defaultAccount,
    reference: command.transaction,
  });
  const target = targetFor(run);
  const caseId = provider.caseIdOf === undefined ? '' : ` (${providerName}:${provider.caseIdOf(run)})`;
  // Print only the scheme and the host of the target URL, because the path of a signed URL is a secret.
  print(
    `Plays ${providerName} ${scenario.name} for ${run.account}/${run.reference}${caseId} against ${new URL(target.url).origin}`,
  );
  if (command.url === undefined && simulator === undefined) {
    print(
      `    The stack fetches from an API that is not the built-in simulator. That API does not know this case.`,
    );
  }
  let index = 0;
  const played = await playScenario({
    scenario,
    run,
    target,
    schedule: shortenRetrySchedule(giveUpAfter, provider.schedule),
    ...(simulator && { simulator }),
    ...(wait && { wait }),
    onTry: (step, result, pause) => {
      if (pause !== null) print(formatRetryLine(step.title, result, pause));
    },
    onStep: (step) => {
      index += 1;
      print(formatDeliveryLine(index, step));
    },
  });
  return played.every(({ outcome }) => outcome === 'accepted' || outcome === 'lost') ? 0 : 1;
}

/**
 * Returns the destination of the webhooks: the URL in `--url`, or the local stack with its URL and credentials.
 * Credentials in the command's options replace those of the local stack.
 */
async function destinationOf(
  command: SimulateCommand,
  { print, wait }: SimulateCommandConsole,
): Promise<LocalWebhookDestination> {
  const { url } = command;
  if (url !== undefined) {
    return {
      target: () => withOptions({ url }, command),
      account: undefined,
      simulator: undefined,
    };
  }
  const local = await fetchLocalWebhookDestination(command.port, command.providerName, command.provider, {
    print,
    ...(wait && { wait }),
  });
  return { ...local, target: (run) => withOptions(local.target(run), command) };
}

function withOptions(
  target: WebhookUrlAndCredentials,
  { user, password, headers }: SimulateCommand,
): WebhookUrlAndCredentials {
  return {
    ...target,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    headers: { ...target.headers, ...headers },
  };
}
