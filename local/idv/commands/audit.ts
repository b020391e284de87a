import type { Command } from 'commander';
import { type AuditEntry, readAudit } from '../../../shared/operations/audit/audit.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { bold, dim, printable } from '../../terminal.ts';
import type { CommandTools, SharedOptions } from '../command-tools.ts';
import { formatTime } from '../format-time.ts';
import { addExamples, addSharedOptions } from '../shared-options.ts';

interface AuditOptions extends SharedOptions {
  readonly month: string;
}

/** Adds `idv audit`: what operators have changed or revealed in a month. */
export function addAuditCommand(idv: Command, { run }: CommandTools): void {
  const command = idv
    .command('audit')
    .description('list what operators have changed or revealed, newest first')
    .option('--month <month>', 'the month, as 2026-11', new Date().toISOString().slice(0, 7))
    .action(() =>
      run<AuditOptions>(command, async (stack, { month }) => {
        if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
          throw new ConfigurationError(`--month ${month}: not a month such as 2026-11`);
        const entries = await Array.fromAsync(readAudit(stack, month));
        const nothing = [`No operator has changed or revealed anything in ${month}.`];
        return { json: entries, lines: entries.length === 0 ? nothing : entries.flatMap(formatEntry) };
      }),
    );
  addExamples(addSharedOptions(command), [
    ['idv audit', 'this month'],
    ['idv audit --month 2026-10 --stage live --json', 'another month of a deployed stage, for a program'],
  ]);
}

/** Who and why are texts of any length, so each has a place of its own instead of a column. */
function formatEntry({ at, operator, action, verificationId, reason, result }: AuditEntry): string[] {
  return [
    `${dim(formatTime(at))}  ${bold(action)}${verificationId === null ? '' : `  ${verificationId}`}`,
    `  ${printable(result)}`,
    dim(`  by ${operator}: ${printable(reason)}`),
    '',
  ];
}
