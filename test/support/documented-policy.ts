import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type Grant, grantsOf } from '../infra/policy-evaluator.ts';

const Policy = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

type PolicyPath =
  | `events/${'consumer' | 'redrive'}-policy`
  | 'providers/shootid-import-policy'
  | `operators/${'secrets' | 'cases' | 'reconcile' | 'republish' | 'new-generations' | 'idv-read' | 'idv-write'}-policy`;

/**
 * Reads the text of a policy in `docs`. Its placeholders, such as `{EventsQueueArn}`, are outputs of the stack.
 *
 * @throws Error if the stack has no output with the name of a placeholder
 */
export async function readDocumentedPolicyText(
  path: PolicyPath,
  outputs: Readonly<Record<string, string>>,
): Promise<string> {
  const text = await readFile(new URL(`../../docs/${path}.json`, import.meta.url), 'utf8');
  return text.replaceAll(/\{(\w+)\}/g, (_, output: string) => {
    const value = outputs[output];
    if (value === undefined) throw new Error(`${path}.json: the stack has no output ${output}`);
    return value;
  });
}

/** Reads the grants of a policy in `docs`, like `readDocumentedPolicyText`. */
export async function readDocumentedPolicy(
  path: PolicyPath,
  outputs: Readonly<Record<string, string>>,
): Promise<Grant[]> {
  const text = await readDocumentedPolicyText(path, outputs);
  return Policy.parse(JSON.parse(text)).Statement.flatMap(grantsOf);
}
