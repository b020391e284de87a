import type * as z from 'zod/mini';

/** The message of an issue to which the schema gives none: the English messages of zod are not in the bundles. */
export const noZodMessage = 'invalid';

/**
 * Says which environment variable is invalid, and why. The text never contains the value, because the value may be a
 * secret.
 *
 * @example describeInvalidVariable({}, issue) // 'EVIDENCE_BUCKET: is not set'
 */
export function describeInvalidVariable(
  environment: Readonly<Record<string, string | undefined>>,
  issue: z.core.$ZodIssue,
): string {
  const [name = '', ...path] = issue.path.map(String);
  const problem = environment[name] === undefined ? 'is not set' : describeIssue(issue);
  return [name, ...path].join('.').concat(': ', problem);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.message !== noZodMessage) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `is not of the type ${issue.expected}`;
    case 'invalid_value':
      return `is none of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
      return `has not the format ${issue.format}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'is empty'
        : `is below the minimum: ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `is above the maximum: ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    default:
      return `is invalid (${issue.code})`;
  }
}
