import { type Republished, republishMissingWrites } from '../../shared/operations/republish/republish.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandOptions } from '../parse-options.ts';
import {
  bucketOption,
  bucketOptionHelp,
  connectToTables,
  disconnectFromTables,
  tableOptions,
  tableOptionsHelp,
} from './connect-to-tables.ts';
import { explainUnreadableRows, runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run republish -- [options]

Finds events that were never published, in the table and in the bucket below unconfirmed/, and publishes them. Without
--yes, it only lists them.

${formatOptions([
  ['--yes', 'publish'],
  ['--older-than MINUTES', 'leave out younger writes, which may be on their way (default: 5)'],
  ...tableOptionsHelp,
  bucketOptionHelp,
  ['--help', 'print this text'],
])}`;

const options = {
  ...tableOptions,
  ...bucketOption,
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
    const { s3, evidenceBucket: name } = tables;
    const republished = await republishMissingWrites({
      ...tables,
      bucket: name === null ? null : { s3, name },
      at: new Date(),
      olderThanSeconds,
      apply,
    }).finally(() => disconnectFromTables(tables));
    return describe(republished, apply);
  }, terminal);
}

function describe({ checked, missing, unreadable, objects }: Republished, apply: boolean): string[] {
  return [
    ...missing.flatMap(({ eventIds }) => eventIds),
    `${missing.length} of ${checked} verifications ${apply ? 'are published again' : 'have events that were never published'}`,
    ...explainUnreadableRows(unreadable),
    ...explainObjects(objects),
    ...(missing.length > 0 && !apply
      ? ['Nothing was sent. Run the command with --yes to publish them.']
      : []),
  ];
}

function explainObjects(objects: Republished['objects']): string[] {
  if (objects === null)
    return ['The bucket was not searched: give --evidence-bucket, too, or --outputs instead of the names.'];
  const { withoutRow, unreadable } = objects;
  return [
    ...withoutRow.map(
      (key) => `${key} has events that were never published, but its case has no row: nothing is published`,
    ),
    ...unreadable.map((key) => `${key} has no unconfirmed writes of this project`),
  ];
}
