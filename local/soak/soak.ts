import { stop as endEsbuild } from 'esbuild';
import { bundleIfChanged } from '../../infra/bundle-if-changed.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { functionLog } from '../function-log.ts';
import { LocalStackError } from '../stack/errors.ts';
import { type LocalSystem, startSystem } from '../start-system.ts';
import { bold, dim, print, red, step } from '../terminal.ts';
import { parseCommandLine, type SoakOptions, usage } from './command-line.ts';
import { runSoak } from './run-soak.ts';
import { summaryLines } from './texts.ts';

/**
 * `npm run soak`: mixed traffic through a local stack of its own, and whether all of it arrives.
 * @param stop ends the traffic early; the totals still follow
 * @returns the exit code: 0 all arrived once and in order, 1 not, or the command is not understood
 */
export async function soak(args: readonly string[], stop: AbortSignal): Promise<0 | 1> {
  try {
    const options = parseCommandLine(args);
    if (options === 'help') {
      print(usage);
      return 0;
    }
    print(`\n  ${bold('idv-webhooks')}  ${dim('a soak of the deployed system, on this machine')}\n`);
    const system = await start(options);
    try {
      print(`\n  GET ${bold(`${system.stack.url}/_local`)}`);
      const summary = await runSoak(system, options, stop);
      print();
      for (const line of summaryLines(summary)) print(line);
      return summary.totals.sound ? 0 : 1;
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
  await step('functions bundled', bundleIfChanged);
  await endEsbuild(); // its service would count as memory of the stack, until it ends by itself
  return step('the stack is up', () =>
    startSystem({ config: {}, port: 0, onLog: functionLog(verbose), mostInstances: instances }),
  );
}
