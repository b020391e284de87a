import { type Command, InvalidArgumentError } from 'commander';
import { recordOperation } from '../../../shared/operations/audit/audit.ts';
import { diffReaders } from '../../../shared/operations/reader-diff/diff-readers.ts';
import * as readers from '../../../shared/operations/readers.ts';
import { parseSince } from '../../operations/parse-since.ts';
import type { CommandTools, RevealOptions, SharedOptions } from '../command-tools.ts';
import { formatReaderDiff } from '../format-reader-diff.ts';
import { buildReadersOfRevision } from '../readers-of-revision.ts';
import { addExamples, addRevealOption, addSharedOptions } from '../shared-options.ts';

interface DiffOptions extends SharedOptions, RevealOptions {
  readonly against: string;
  readonly since: string;
  readonly provider?: string;
  readonly max: number;
  readonly exitCode: boolean;
}

const details = `
Reads the raw bodies of the history and the archived results twice: with the readers of the revision, and with those of the
working tree. Nothing is written, and nobody is asked. The settings are those of the stage as it is now, and the packages
those that are installed.
Exit code: 0, also if there are differences; with --exit-code, 1 if there are differences.`;

/** Adds `idv diff-normalizer`: what the readers of the working tree would change, before they are released. */
export function addDiffNormalizerCommand(idv: Command, { terminal, run }: CommandTools): void {
  const command = idv
    .command('diff-normalizer')
    .description('show what the readers of the working tree change, compared with those of a git revision')
    .requiredOption('--against <revision>', 'a branch, a tag or a commit')
    .option('--since <time>', 'deliveries and results since then: 90m, 24h, 30d', '90d')
    .option('--provider <name>', 'only this provider')
    .option('--max <count>', 'list at most this number of cases', parseCount, 20)
    .option('--exit-code', 'exit with 1 if there are differences', false)
    .action(() =>
      run<DiffOptions>(command, async (stack, { against, since, provider, max, exitCode, reveal }) => {
        const from = parseSince(since, new Date());
        terminal.complain(`… building the readers of ${against}`);
        const before = await buildReadersOfRevision(against);
        if (reveal !== undefined) {
          const result = `values shown by idv diff-normalizer since ${since}`;
          await recordOperation(stack, { action: 'reveal', verificationId: null, reason: reveal, result });
        }
        const diff = await diffReaders(stack, {
          before,
          after: readers,
          since: from,
          provider,
          most: max,
          reveal: reveal !== undefined,
          onProgress: (rows) => terminal.complain(`… ${rows} rows read`),
        });
        const isFailure = exitCode && diff.different > 0;
        return { json: diff, lines: formatReaderDiff(diff, against), exitCode: isFailure ? 1 : 0 };
      }),
    );
  command.addHelpText('after', details);
  addExamples(addRevealOption(addSharedOptions(command)), [
    ['idv diff-normalizer --against v1.3 --stage live', 'before a release'],
    ['idv diff-normalizer --against HEAD --since 7d --provider idnow', 'while you change a reader'],
    ['idv diff-normalizer --against main --exit-code --json', 'for a program'],
  ]);
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not a number such as 20.');
}
