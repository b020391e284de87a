import { ConfigurationError } from '../shared/platform/errors.ts';

/** The size of all environment variables of a Lambda function that AWS accepts, in bytes. */
const longestEnvironment = 4096;

/**
 * The assumed length of a name, URL or ARN that AWS chooses at the deployment. The longest that we use is the URL of a
 * queue: 80 characters for its name, and about 60 for the rest.
 */
const longestReference = 160;

/**
 * Refuses an environment that Lambda would refuse at the deployment.
 *
 * @param environment the variables, with CloudFormation's expressions such as `{ Ref: … }`
 * @throws ConfigurationError that names the largest variables
 */
export function checkEnvironmentSize(functionName: string, environment: Readonly<Record<string, unknown>>) {
  const sizes = Object.entries(environment).map(
    ([name, value]) => [name, Buffer.byteLength(name) + measure(value)] as const,
  );
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (total <= longestEnvironment) return;
  const largest = sizes.toSorted(([, a], [, b]) => b - a).slice(0, 3);
  throw new ConfigurationError(
    `stage: the environment of ${functionName} has ${total} bytes, but Lambda accepts ${longestEnvironment}. The largest variables: ${largest.map(([name, size]) => `${name} (${size})`).join(', ')}. Shorten the settings behind them`,
  );
}

/** Returns the length of a value in bytes, with the longest values for what is unknown before the deployment. */
function measure(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + measure(part), 0);
  if (typeof value === 'object' && value !== null && 'Fn::Join' in value) return measure(value['Fn::Join']);
  return longestReference;
}
