import { onTestFinished, type TestContext } from 'vitest';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/stack/local-stack.ts';
import { type Fixture, removeAssembly, writeAssembly } from './fixture-assembly.ts';

export interface RunningFixture {
  stack: LocalStack;
  /** All log lines: those of the functions and those of the local stack's runtime. */
  lines: { source: string; line: string }[];
  /** Returns what a function has logged as JSON, parsed. The functions of fixtures log their events as JSON. */
  seen(source: string): unknown[];
}

/**
 * Starts a local stack from a fixture, on a free port. At the end of the test, stops the stack and removes its files.
 *
 * @param context the context of the test; concurrent tests must pass it, other tests need not
 */
export async function runFixture(
  fixture: Fixture,
  options: Partial<LocalStackOptions> = {},
  context: Pick<TestContext, 'onTestFinished'> = { onTestFinished },
): Promise<RunningFixture> {
  const assembly = await writeAssembly(fixture);
  context.onTestFinished(() => removeAssembly(assembly));
  const lines: RunningFixture['lines'] = [];
  const stack = await startLocalStack({ assembly, port: 0, onLog: (entry) => lines.push(entry), ...options });
  context.onTestFinished(() => stack.stop());
  return {
    stack,
    lines,
    seen: (source) =>
      lines
        .filter((entry) => entry.source === source && /^[[{"\d]/.test(entry.line))
        .map(({ line }) => JSON.parse(line)),
  };
}
