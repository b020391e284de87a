import { ConfigurationError } from '../../shared/platform/errors.ts';
import { SimulateError, UsageError } from '../simulators/errors.ts';
import { newRun } from '../simulators/new-run.ts';
import { playScenario } from '../simulators/play-scenario.ts';
import { within } from '../simulators/retry-schedule.ts';
import type { WebhookTarget } from '../simulators/webhook-target.ts';
import { type PlayCommand, parseCommandLine } from './command-line.ts';
import { deliveryLine, retryLine } from './delivery-lines.ts';
import { type Destination, findLocalStack } from './local-stack.ts';
import { usage } from './usage.ts';

export interface Console {
  print(line: string): void;
  complain(line: string): void;
  /** Seconds; real time unless a test says otherwise. */
  wait?: (seconds: number) => Promise<unknown>;
}

/** Runs the command and resolves to its exit code: 0 all accepted, 1 something was not, 2 not understood. */
export async function simulate(args: readonly string[], console: Console): Promise<0 | 1 | 2> {
  try {
    const command = parseCommandLine(args);
    if (command === 'help') {
      console.print(usage());
      return 0;
    }
    return await play(command, console);
  } catch (error) {
    if (!(error instanceof SimulateError || error instanceof ConfigurationError)) throw error;
    console.complain(error.message);
    if (!(error instanceof UsageError)) return 1;
    console.complain(`\n${usage()}`);
    return 2;
  }
}

async function play(command: PlayCommand, console: Console): Promise<0 | 1> {
  const { print, wait } = console;
  const { providerName, provider, scenario, giveUpAfter } = command;
  const { target: targetFor, account, simulator } = await destinationOf(command, console);
  const run = newRun({
    account: command.company ?? account ?? provider.defaultAccount,
    reference: command.transaction,
  });
  const target = targetFor(run);
  const caseId = provider.caseIdOf === undefined ? '' : ` (${providerName}:${provider.caseIdOf(run)})`;
  // The origin only: the path of a signed URL is a secret.
  print(
    `${scenario.name} of ${providerName} ${run.account}/${run.reference}${caseId} to ${new URL(target.url).origin}`,
  );
  if (command.url === undefined && simulator === undefined) {
    print(`    Nothing simulates the API that the stack fetches from: it will not know this case.`);
  }
  let index = 0;
  const played = await playScenario({
    scenario,
    run,
    target,
    schedule: within(giveUpAfter, provider.schedule),
    ...(simulator && { simulator }),
    ...(wait && { wait }),
    onTry: (step, attempt, pause) => {
      if (pause !== null) print(retryLine(step.title, attempt, pause));
    },
    onStep: (step) => {
      index += 1;
      print(deliveryLine(index, step));
    },
  });
  return played.every(({ outcome }) => outcome === 'accepted') ? 0 : 1;
}

/** An explicit --url is used as it is; the local stack also tells credentials, which options may replace. */
async function destinationOf(command: PlayCommand, { print, wait }: Console): Promise<Destination> {
  const { url } = command;
  if (url !== undefined) {
    return {
      target: () => withOptions({ url }, command),
      account: undefined,
      simulator: undefined,
    };
  }
  const local = await findLocalStack(command.port, command.providerName, command.provider, {
    print,
    ...(wait && { wait }),
  });
  return { ...local, target: (run) => withOptions(local.target(run), command) };
}

function withOptions(target: WebhookTarget, { user, password, headers }: PlayCommand): WebhookTarget {
  return {
    ...target,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    headers: { ...target.headers, ...headers },
  };
}
