import { bundleIfChanged } from '../../infra/bundle-if-changed.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { type NpmStartOptions, npmStartUsage, parseNpmStartArguments } from '../command-line.ts';
import { localConsolePath } from '../console/local-console.ts';
import { explainOmittedDemo } from '../demo/demo-lines.ts';
import { playDemo } from '../demo/play-demo.ts';
import { createFunctionLogPrinter } from '../function-log.ts';
import { readLocalConfigFile } from '../providers/local-config.ts';
import { localProviders } from '../providers/local-providers.ts';
import { LocalStackError, MissingEmulatorError } from '../stack/errors.ts';
import type { LocalSystem } from '../start-system.ts';
import { bold, dim, print, red, runAndPrintDuration } from '../terminal.ts';
import { printActivity } from './print-activity.ts';

/**
 * Runs `npm start`: starts the whole system on this machine from the synthesized template.
 * @param stop a signal that ends the command
 * @returns the exit code: 0 after a stop, 1 if the system could not start
 */
export async function runStartCommand(args: readonly string[], stop: AbortSignal): Promise<0 | 1> {
  try {
    const commandLine = parseNpmStartArguments(args);
    if (commandLine === 'help') print(npmStartUsage);
    else await runUntilStopped(commandLine, stop);
    return 0;
  } catch (error) {
    explain(error);
    return 1;
  }
}

async function runUntilStopped(commandLine: NpmStartOptions, stop: AbortSignal): Promise<void> {
  const system = await start(commandLine);
  try {
    if (commandLine.demo) await playDemo(system, stop);
    else print(`  ${dim(explainOmittedDemo)}`);
    // The demo prints its own deliveries and events, so the others follow after it.
    if (!stop.aborted) await printActivity(system.stack, stop, () => printInvitation(system));
  } finally {
    print(dim('\n  stopping …'));
    await system.stop();
  }
}

async function start({ port, configFile, dataDir, verbose }: NpmStartOptions): Promise<LocalSystem> {
  const config = await readLocalConfigFile(configFile);
  print(`\n  ${bold('idv-webhooks')}  ${dim('the deployed system, on this machine')}\n`);
  // Load the emulators and the SDK only after the arguments are valid, so that an error in the arguments is reported at
  // once.
  const { startLocalSystem } = await import('../start-system.ts');
  return runAndPrintDuration('synthesized; tables, queues, bucket, functions and routes are up', () =>
    startLocalSystem({
      config,
      beforeSynthesis: async () => {
        await runAndPrintDuration('functions bundled', bundleIfChanged);
      },
      port,
      onLog: createFunctionLogPrinter(verbose),
      ...(dataDir === undefined ? {} : { dataDir }),
    }),
  );
}

function printInvitation({ stack }: LocalSystem): void {
  print();
  for (const { path } of Object.values(localProviders)) print(`  POST ${bold(`${stack.url}${path}`)}`);
  print(`  GET  ${bold(`${stack.url}/_local`)}  ${dim('endpoints, credentials, names of everything')}`);
  print(`  GET  ${bold(`${stack.url}${localConsolePath}`)}  ${dim('the console: open it in a browser')}`);
  const { port } = new URL(stack.url);
  print(
    `\n  ${dim('Play more:')} npm run simulate -- idnow FRAUDIDENT${port === '8787' ? '' : ` --port ${port}`}`,
  );
  print(`  ${dim('Each delivery and each event appears below. Ctrl-C stops everything.')}\n`);
}

function explain(error: unknown): void {
  if (error instanceof MissingEmulatorError) {
    print(
      `  ${red('✗')} no DynamoDB emulator for ${error.platform} is installed; install it, and start again:\n`,
    );
    console.error(error.remedy);
    return;
  }
  const expected = error instanceof ConfigurationError || error instanceof LocalStackError;
  console.error(expected ? red(`\n  ${error.message}`) : error);
}
