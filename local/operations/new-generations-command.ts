import { assignGenerations } from '../../shared/operations/generations/assign-generations.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandOptions } from '../parse-options.ts';
import {
  connectToTables,
  disconnectFromTables,
  tableOptions,
  tableOptionsHelp,
} from './connect-to-tables.ts';
import { explainUnreadableRows, runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run new-generations -- [options]

Gives all verifications a new generation, after their table was restored. Without --yes, it only counts them.

${formatOptions([
  ['--yes', 'write'],
  ['--at INSTANT', 'the start of the generation (default: now); give the printed one to continue a run'],
  ...tableOptionsHelp,
  ['--help', 'print this text'],
])}`;

const options = {
  ...tableOptions,
  yes: { type: 'boolean', default: false },
  at: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Runs `npm run new-generations`. @returns the exit code */
export function runNewGenerationsCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  return runOperatorCommand(async () => {
    const { help, yes: apply, at: instant, ...given } = parseCommandOptions(args, options, usage);
    if (help) return [usage];
    const at = instant === undefined ? new Date() : new Date(instant);
    if (Number.isNaN(at.getTime())) throw new ConfigurationError(`--at ${instant}: not an instant`);
    const tables = await connectToTables(given);
    // An interrupted run continues with the same instant, so the operator must know it before the first write.
    terminal.print(`generation ${at.toISOString()}`);
    const { assigned, newer, unreadable } = await assignGenerations({
      ...tables,
      at,
      newId: () => crypto.randomUUID(),
      apply,
    }).finally(() => disconnectFromTables(tables));
    return [
      `${assigned} verifications ${apply ? 'have' : 'would get'} the new generation; ${newer} are as new already`,
      ...explainUnreadableRows(unreadable),
      ...(assigned > 0 && !apply ? ['Nothing was written. Run the command with --yes to write.'] : []),
    ];
  }, terminal);
}
