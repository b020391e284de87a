import { onTestFinished, type TestContext } from 'vitest';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/stack/local-stack.ts';
import { type Fixture, removeAssembly, writeAssembly } from './fixture-assembly.ts';

export interface RunningFixture {
  stack: LocalStack;
  /** All log lines of functions and the runtime. */
  lines: { source: string; line: string }[];
  /** Returns the parsed JSON lines of a function. The functions of fixtures log their input as JSON. */
  seen(source: string): unknown[];
}

/**
 * Starts a fixture on a free port. Stops and removes the fixture at the end of the test.
 *
 * @param context the context of the test; required for concurrent tests
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
