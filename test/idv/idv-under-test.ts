import { runIdv } from '../../local/idv/run-idv.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';

export interface IdvRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of `idv` for the local stack under test. @returns the exit code, and what it printed without colours */
export async function idv(sut: Pick<SystemUnderTest, 'system'>, ...args: string[]): Promise<IdvRun> {
  return startIdv(sut, ...args).ended;
}

/** A command that runs until it is stopped. */
export interface RunningIdv {
  /** What it has printed so far, without colours. */
  readonly out: readonly string[];
  readonly err: readonly string[];
  readonly ended: Promise<IdvRun>;
  /** Stops the command as Ctrl-C does. */
  stop(): Promise<IdvRun>;
}

/** Starts a command of `idv` for the local stack under test. */
export function startIdv({ system }: Pick<SystemUnderTest, 'system'>, ...args: string[]): RunningIdv {
  const out: string[] = [];
  const err: string[] = [];
  const stopping = new AbortController();
  const terminal = {
    print: (line: string) => out.push(plain(line)),
    complain: (line: string) => err.push(plain(line)),
  };
  const base = args.includes('--base') ? [] : ['--base', system.stack.url];
  const options = { pauseFactor: 0.01, signal: stopping.signal };
  const ended = runIdv([...args, ...base], terminal, options).then((code) => ({
    code,
    out: out.join('\n'),
    err: err.join('\n'),
  }));
  return {
    out,
    err,
    ended,
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with an escape character
const plain = (line: string) => line.replaceAll(/\u001b\[\d+m/g, '');
