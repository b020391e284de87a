import type { Command } from 'commander';
import { readAudit } from '../../../shared/operations/audit/audit.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import type { CommandTools, SharedOptions } from '../command-tools.ts';
import { formatTable } from '../format-table.ts';
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
        if (!/^\d{4}-\d{2}$/.test(month))
          throw new ConfigurationError(`--month ${month}: not a month such as 2026-11`);
        const entries = await Array.fromAsync(readAudit(stack, month));
        const rows = entries.map(({ at, operator, action, verificationId, reason, result }) => [
          at,
          operator,
          action,
          verificationId ?? '',
          reason,
          result,
        ]);
        const lines =
          rows.length === 0
            ? [`no operator has changed or revealed anything in ${month}`]
            : formatTable(['when', 'who', 'what', 'case', 'why', 'result'], rows);
        return { json: entries, lines };
      }),
    );
  addExamples(addSharedOptions(command), [
    ['idv audit', 'this month'],
    ['idv audit --month 2026-10 --stage live --json', 'another month of a deployed stage, for a program'],
  ]);
}
