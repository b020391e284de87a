import { stop as endEsbuild } from 'esbuild';
import { bundleIfChanged } from '../../infra/bundle-if-changed.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { createFunctionLogPrinter } from '../function-log.ts';
import { LocalStackError } from '../stack/errors.ts';
import { type LocalSystem, startLocalSystem } from '../start-system.ts';
import { bold, dim, print, red, runAndPrintDuration } from '../terminal.ts';
import { parseSoakArguments, type SoakOptions, soakHelpText } from './command-line.ts';
import { runSoak } from './run-soak.ts';
import { formatSoakSummary } from './soak-lines.ts';

/**
 * Runs `npm run soak`: starts a local stack, sends mixed traffic, and checks that all events and archives arrive.
 * @param stop a signal that ends the traffic early; the soak still prints the summary
 * @returns the exit code: 0 if all events and archives arrived once and in order, otherwise 1
 */
export async function runSoakCommand(args: readonly string[], stop: AbortSignal): Promise<0 | 1> {
  try {
    const options = parseSoakArguments(args);
    if (options === 'help') {
      print(soakHelpText);
      return 0;
    }
    print(`\n  ${bold('idv-webhooks')}  ${dim('a soak of the deployed system, on this machine')}\n`);
    const system = await start(options);
    try {
      print(`\n  GET ${bold(`${system.stack.url}/_local`)}`);
      const summary = await runSoak(system, options, stop);
      print();
      for (const line of formatSoakSummary(summary)) print(line);
      return summary.totals.isFaultless ? 0 : 1;
    } finally {
      await system.stop();
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof LocalStackError)) throw error;
    print(red(`\n  ${error.message}`));
    return 1;
  }
}

async function start({ verbose, instances }: SoakOptions): Promise<LocalSystem> {
  await runAndPrintDuration('functions bundled', bundleIfChanged);
  await endEsbuild(); // Otherwise the memory of esbuild's process would count as memory of the stack.
  return runAndPrintDuration('the stack is up', () =>
    startLocalSystem({
      config: {},
      port: 0,
      onLog: createFunctionLogPrinter(verbose),
      mostInstances: instances,
    }),
  );
}
