import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type Grant, grantsOf } from '../infra/policy-evaluator.ts';

const Policy = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

const paths = {
  'consumer-policy': 'docs/events/consumer-policy.json',
  'redrive-policy': 'docs/events/redrive-policy.json',
  'shootid-import-policy': 'docs/providers/shootid-import-policy.json',
} as const;

/**
 * Reads the grants of a policy in `docs`. Its placeholders, such as `{EventsQueueArn}`, are outputs of the stack.
 *
 * @throws Error if the stack has no output with the name of a placeholder
 */
export async function readDocumentedPolicy(
  name: keyof typeof paths,
  outputs: Readonly<Record<string, string>>,
): Promise<Grant[]> {
  const text = await readFile(new URL(`../../${paths[name]}`, import.meta.url), 'utf8');
  const resolved = text.replaceAll(/\{(\w+)\}/g, (_, output: string) => {
    const value = outputs[output];
    if (value === undefined) throw new Error(`${name}.json: the stack has no output ${output}`);
    return value;
  });
  return Policy.parse(JSON.parse(resolved)).Statement.flatMap(grantsOf);
}
