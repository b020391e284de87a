import type { Command } from 'commander';
import { parseReason } from '../../shared/operations/audit/parse-reason.ts';

const defaultBase = 'http://127.0.0.1:8787';

/** Adds the options with which a command finds the stack, and `--json`. */
export function addSharedOptions(command: Command): Command {
  return command
    .option('--base <url>', 'the local stack', defaultBase)
    .option('--stage <name>', 'a deployed stage of infra/stages.ts, with the AWS credentials of the shell')
    .option('--json', 'print JSON for programs', false);
}

/** Adds the option of a command that shows personal data. */
export function addRevealOption(command: Command): Command {
  return command.option(
    '--reveal <why>',
    'show personal data; the audit records who, what and why',
    parseReason,
  );
}

/** Adds the options of a command that writes. Without `--yes`, it only says what it would do. */
export function addWriteOptions(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why you do it, for the audit; no personal data', parseReason)
    .option('--yes', 'do it; without this option, the command only says what it would do', false);
}

/** Adds examples to the help of a command. Each example is a command line and what it does. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, purpose: string])[],
): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, purpose]) => `  ${line.padEnd(width)}  # ${purpose}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
