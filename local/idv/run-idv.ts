import { Command, CommanderError } from 'commander';
import { explainError, isRefusedByAws } from '../../shared/operations/stack/explain-error.ts';
import { disconnect, type OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { connectToStage } from '../operations/deployed-stack.ts';
import { connectToLocalStack } from '../operations/local-stack.ts';
import type { Terminal } from '../operations/run-command.ts';
import type { CommandResult, CommandTools, SharedOptions } from './command-tools.ts';
import { commands } from './commands.ts';
import { readIdvVersion } from './software-version.ts';

const description = `Answers the questions of operators about one stack, and repairs it.

Default: the local stack. With --stage: a deployed stage, with the AWS credentials of the shell.
Commands that write need --reason, and do nothing without --yes.`;

const exitCodes = `
Exit codes: 0 done; 1 the operation failed or found something wrong; 2 the arguments or the stack cannot be used.`;

export interface IdvOptions {
  /** Multiplies all pauses. Default: 1. Tests use less. */
  readonly pauseFactor?: number;
  /** Stops a command that runs until it is stopped, or makes such a signal when a command needs it. Default: never. */
  readonly signal?: AbortSignal | (() => AbortSignal);
}

/**
 * Runs `idv`.
 *
 * @param args the arguments after the name of the program
 * @returns the exit code: 0; 1 if the operation failed or found something wrong; 2 if the arguments or the stack cannot be used
 */
export async function runIdv(
  args: readonly string[],
  terminal: Terminal,
  { pauseFactor = 1, signal = new AbortController().signal }: IdvOptions = {},
): Promise<number> {
  let exitCode = 0;
  let stopping: AbortSignal | undefined;
  const tools: CommandTools = {
    terminal,
    pauseFactor,
    stopSignal() {
      stopping ??= typeof signal === 'function' ? signal() : signal;
      return stopping;
    },
    async run(command, work) {
      exitCode = await runConnected(command.opts(), terminal, (stack) => work(stack, command.opts()));
    },
  };
  const idv = new Command('idv')
    .description(description)
    .version(readIdvVersion())
    .addHelpText('after', exitCodes);
  for (const add of commands) add(idv, tools);
  for (const command of listCommands(idv)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    });
  }
  try {
    await idv.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isAbort(error) && stopping?.aborted) {
      terminal.complain(
        'Stopped before the end. What was done stays done: run the command again to finish it',
      );
      return 1;
    }
    terminal.complain(explainError(error));
    return error instanceof ConfigurationError || isRefusedByAws(error) ? 2 : 1;
  }
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';

/** Returns a command and all commands below it. */
function listCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(listCommands)];
}

async function runConnected(
  { base, stage, json }: SharedOptions,
  terminal: Terminal,
  work: (stack: OperatedStack) => Promise<CommandResult>,
): Promise<number> {
  const stack =
    stage === undefined
      ? await connectToLocalStack(base, 'start one with "npm start", or give --base or --stage')
      : await connectToStage(stage);
  try {
    const { json: value, lines, exitCode = 0 } = await work(stack);
    if (json && value !== undefined) terminal.print(JSON.stringify(value, null, 2));
    if (!json) for (const line of lines) terminal.print(line);
    return exitCode;
  } finally {
    disconnect(stack);
  }
}
