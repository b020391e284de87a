import { runIdv } from '../../local/idv/run-idv.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';

export interface IdvRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of `idv` for the local stack under test. @returns the exit code, and what it printed without colours */
export async function idv({ system }: Pick<SystemUnderTest, 'system'>, ...args: string[]): Promise<IdvRun> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { print: (line: string) => out.push(line), complain: (line: string) => err.push(line) };
  const base = args.includes('--base') ? [] : ['--base', system.stack.url];
  const code = await runIdv([...args, ...base], terminal, { pauseFactor: 0.01 });
  return { code, out: out.map(plain).join('\n'), err: err.map(plain).join('\n') };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with an escape character
const plain = (line: string) => line.replaceAll(/\u001b\[\d+m/g, '');
