import { republishMissingWrites } from '../../shared/operations/republish.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { parseCommandOptions } from '../parse-options.ts';
import { connectToTables, tableOptions, tableOptionsUsage } from './connect-to-tables.ts';
import { explainUnreadableRows, runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run republish -- [options]

Finds events that were never published, and publishes them. Without --yes, it only lists them.

  --yes                       publish
  --older-than MINUTES        leave out younger writes, which may be on their way (default: 5)
${tableOptionsUsage}
  --help                      print this text`;

const options = {
  ...tableOptions,
  yes: { type: 'boolean', default: false },
  'older-than': { type: 'string', default: '5' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Runs `npm run republish`. @returns the exit code */
export function runRepublishCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  return runOperatorCommand(async () => {
    const { help, yes: apply, 'older-than': minutes, ...given } = parseCommandOptions(args, options, usage);
    if (help) return [usage];
    const olderThanSeconds = Number(minutes) * 60;
    if (!(olderThanSeconds >= 0)) throw new ConfigurationError(`--older-than ${minutes}: not a number`);
    const tables = await connectToTables(given);
    const { checked, missing, unreadable } = await republishMissingWrites({
      ...tables,
      at: new Date(),
      olderThanSeconds,
      apply,
    }).finally(() => tables.dynamodb.destroy());
    return [
      ...missing.flatMap(({ eventIds }) => eventIds),
      `${missing.length} of ${checked} verifications ${apply ? 'are published again' : 'have events that were never published'}`,
      ...explainUnreadableRows(unreadable),
      ...(missing.length > 0 && !apply
        ? ['Nothing was sent. Run the command with --yes to publish them.']
        : []),
    ];
  }, terminal);
}
