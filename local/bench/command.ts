import { writeFile } from 'node:fs/promises';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { LocalStackError } from '../stack/errors.ts';
import { bold, dim, print, printHeading, red } from '../terminal.ts';
import { benchUsage, parseBenchArguments } from './command-line.ts';
import { formatCostMarkdown, formatResultMarkdown } from './report/markdown.ts';
import { formatCostLines, formatResultTable } from './report/table-lines.ts';
import { updateDocument } from './report/update-document.ts';

const benchmarks = new URL('../../docs/benchmarks.md', import.meta.url);
const cost = new URL('../../docs/cost.md', import.meta.url);

/**
 * Runs `npm run bench`.
 *
 * @returns the exit code: 0 after a complete run, even if a goal is missed; 1 after invalid arguments
 */
export async function runBenchCommand(args: readonly string[]): Promise<0 | 1> {
  try {
    const options = parseBenchArguments(args);
    if (options === 'help') {
      print(benchUsage);
      return 0;
    }
    printHeading('idv-webhooks', 'a bench of the deployed functions, on this machine');
    // Not before: this loads the CDK, which takes a second, and wrong arguments do not need it.
    const { runBench } = await import('./run-bench.ts');
    const result = await runBench(options.size);
    for (const line of ['', ...formatResultTable(result), '', ...formatCostLines(result), '']) print(line);
    const met = result.rows.filter(({ isMet }) => isMet === true).length;
    const goals = result.rows.filter(({ isMet }) => isMet !== null).length;
    print(`  ${bold(`${met} of ${goals} goals are met`)}  ${dim(`${result.seconds} s`)}`);
    if (options.jsonFile !== null) await writeFile(options.jsonFile, `${JSON.stringify(result, null, 2)}\n`);
    if (options.writesDocs) {
      await updateDocument(benchmarks, formatResultMarkdown(result));
      await updateDocument(cost, formatCostMarkdown(result));
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof LocalStackError)) throw error;
    print(red(`\n  ${error.message}`));
    return 1;
  }
}
