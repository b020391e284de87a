import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatOptions } from '../format-options.ts';
import { runOperatorCommand, type Terminal } from '../operations/run-command.ts';
import { parseCommandOptions } from '../parse-options.ts';
import { copyRows } from './copy-rows.ts';

const usage = `Usage: npx node local/copy-rows.ts --from TABLE --to TABLE

Copies all items of a restored DynamoDB table to another table, where they replace the items with the same keys. Uses the
AWS credentials of the shell.

${formatOptions([
  ['--from TABLE', 'the name of the restored table'],
  ['--to TABLE', 'the name of the table of the stack'],
  ['--help', 'print this text'],
])}`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Runs `npx node local/copy-rows.ts`. @returns the exit code */
export function runCopyRowsCommand(
  args: readonly string[],
  terminal: Terminal,
  createClient = () => new DynamoDBClient(),
): Promise<number> {
  return runOperatorCommand(async () => {
    const { help, from, to } = parseCommandOptions(args, options, usage);
    if (help) return [usage];
    if (from === undefined || to === undefined || from === to) throw new ConfigurationError(usage);
    const dynamodb = createClient();
    try {
      return [`${await copyRows(dynamodb, { from, to })} items copied`];
    } finally {
      dynamodb.destroy();
    }
  }, terminal);
}
