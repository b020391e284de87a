import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Gets each line that the program prints. */
  readonly onLine?: (line: string) => void;
}

export interface EndedProgram {
  /** Null if a signal ended the program, or if the program does not exist. */
  readonly code: number | null;
  /** What the program printed to standard output. */
  readonly output: string;
  /** What the program printed to standard output and standard error. */
  readonly printed: string;
}

/** Runs a program until it ends. Does not throw if it fails. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, onLine }: ProgramOptions = {},
): Promise<EndedProgram> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let printed = '';
  let rest = '';
  const add = (text: string) => {
    printed += text;
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    add(text);
  });
  child.stderr.setEncoding('utf8').on('data', add);
  try {
    const [code] = await once(child, 'close');
    return { code, output, printed };
  } catch (error) {
    return { code: null, output, printed: `${printed}${String(error)}` };
  }
}

/** Runs a program. @throws Error with the last lines that it printed if it fails */
export async function runSuccessfully(
  what: string,
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<EndedProgram> {
  const ended = await runProgram(command, args, options);
  if (ended.code === 0) return ended;
  const lastLines = ended.printed.trimEnd().split('\n').slice(-40).join('\n');
  throw new Error(`${what} failed with exit code ${ended.code}:\n${lastLines}`);
}
