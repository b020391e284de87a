import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningStart {
  readonly process: ChildProcess;
  /** Returns everything that the started command has written to stderr, without colours. */
  errors(): string;
  /** Returns everything that the started command has written to stdout and stderr, without colours. */
  output(): string;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

/** Starts `local/main.ts` as `npm start` does, in a process of its own. */
export function npmStart(...args: string[]): RunningStart {
  return run(process.execPath, ['local/main.ts', ...args]);
}

/** Starts `local/main.ts` in a copy of the project, in a process of its own. */
export function npmStartIn(directory: string, ...args: string[]): RunningStart {
  return run(process.execPath, ['local/main.ts', ...args], directory);
}

/** Starts `local/simulate.ts` in a copy of the project, in a process of its own. */
export function simulateIn(directory: string, ...args: string[]): RunningStart {
  return run(process.execPath, ['local/simulate.ts', ...args], directory);
}

/** Starts `local/soak.ts` as `npm run soak` does, in a process of its own. */
export function npmSoak(...args: string[]): RunningStart {
  return run(process.execPath, ['local/soak.ts', ...args]);
}

/** Starts `local/bench.ts` as `npm run bench` does, in a process of its own. */
export function npmBench(...args: string[]): RunningStart {
  return run(process.execPath, ['local/bench.ts', ...args]);
}

/** Starts the local stack through npm itself: `npm start`. */
export function npmRunStart(...args: string[]): RunningStart {
  return run('npm', ['start', '--', ...args]);
}

function run(command: string, args: string[], cwd = root): RunningStart {
  const child = spawn(command, args, { cwd });
  let output = '';
  let errors = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stderr.on('data', (text: string) => {
    errors += text;
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on('close', (code) => resolve(code));
  return {
    process: child,
    errors: () => stripVTControlCharacters(errors),
    output: () => stripVTControlCharacters(output),
    exited: promise,
  };
}
