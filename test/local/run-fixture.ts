import { onTestFinished, type TestContext } from 'vitest';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/stack/local-stack.ts';
import { type Fixture, removeAssembly, writeAssembly } from './fixture-assembly.ts';

export interface RunningFixture {
  stack: LocalStack;
  /** What functions and the runtime have said so far. */
  lines: { source: string; line: string }[];
  /** Every line of a function that is JSON, parsed: how the fixtures' functions tell what they saw. */
  seen(source: string): unknown[];
}

/**
 * Starts a fixture on a free port, and stops and removes it when the test ends.
 *
 * @param context of the test: tests that run side by side must give it
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
