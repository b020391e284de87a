import { AsyncLocalStorage } from 'node:async_hooks';
import { stripVTControlCharacters } from 'node:util';

/** A command of `local/` that takes its arguments and a signal that stops it, and returns its exit code. */
type Command = (args: readonly string[], stop: AbortSignal) => Promise<0 | 1>;

export interface RunningCommand {
  /** Returns everything that the command has printed, without colours. */
  output(): string;
  /** Resolves with the exit code. */
  readonly exited: Promise<0 | 1>;
  /** Stops the command as Ctrl-C does, and waits for its end. */
  stop(): Promise<void>;
}

/** The printed text of the command that is running. Commands that run at the same time have separate texts. */
const printed = new AsyncLocalStorage<{ text: string }>();
const running = new Set<RunningCommand>();

/**
 * Runs a command in this process, which costs much less CPU time than a process of its own: the CDK, the SDK and zod are
 * already loaded.
 */
export function runCommand(command: Command, ...args: string[]): RunningCommand {
  const output = { text: '' };
  const stopping = new AbortController();
  if (running.size === 0) startCapture();
  const started: RunningCommand = {
    output: () => stripVTControlCharacters(output.text),
    exited: printed
      .run(output, () => command(args, stopping.signal))
      .finally(() => {
        running.delete(started);
        if (running.size === 0) stopCapture();
      }),
    async stop() {
      stopping.abort();
      await started.exited.catch(() => undefined);
    },
  };
  running.add(started);
  return started;
}

let stopCapture: () => void = () => undefined;

/** Adds each printed line to the text of the command that prints it. The lines of all others are printed as before. */
function startCapture(): void {
  const { log, error } = console;
  const capture =
    (print: typeof log): typeof log =>
    (...parts) => {
      const output = printed.getStore();
      if (output === undefined) print(...parts);
      else output.text += `${parts.map(String).join(' ')}\n`;
    };
  Object.assign(console, { log: capture(log), error: capture(error) });
  stopCapture = () => Object.assign(console, { log, error });
}
