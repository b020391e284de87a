import type { Command } from 'commander';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import type { Terminal } from '../operations/run-command.ts';

/** The options that all commands have. */
export interface SharedOptions {
  readonly base: string;
  readonly stage?: string;
  readonly json: boolean;
}

/** The options of commands that show personal data. */
export interface RevealOptions {
  /** Why the operator needs the data; undefined if it stays masked. */
  readonly reveal?: string;
}

/** The options of commands that write. */
export interface WriteOptions {
  readonly yes: boolean;
  readonly reason: string;
}

/** The result of a command. */
export interface CommandResult {
  /** What `--json` prints; undefined if the command has printed everything itself. */
  readonly json: unknown;
  /** What the command prints without `--json`. */
  readonly lines: readonly string[];
  /** 1 if the command found something wrong. Default: 0. */
  readonly exitCode?: 0 | 1;
}

/** What a command uses to do its work. */
export interface CommandTools {
  readonly terminal: Terminal;
  /** Multiplies all pauses. It is 1, and smaller in tests. */
  readonly pauseFactor: number;
  /**
   * Returns the signal that aborts when the operator stops the command. Ctrl-C does not end the process any more after that, so
   * only commands that watch the signal ask for it, and only when they run.
   */
  stopSignal(): AbortSignal;
  /** Connects to the stack, runs the work, prints its result, and closes the connections. */
  run<Options extends SharedOptions>(
    command: Command,
    work: (stack: OperatedStack, options: Options) => Promise<CommandResult>,
  ): Promise<void>;
}

/** Adds a command to `idv`. Each file in `commands/` exports one such function. */
export type AddCommand = (idv: Command, tools: CommandTools) => void;
