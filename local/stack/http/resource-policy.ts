import { BlockList, isIPv6 } from 'node:net';
import * as z from 'zod';
import { TemplateError } from '../errors.ts';

const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

/**
 * The statements that the local stack understands. The schemas are strict: if the local stack ignored a condition, it
 * would accept or refuse other requests than AWS.
 */
const policySchema = z.strictObject({
  Version: z.string().optional(),
  Statement: z.array(
    z.strictObject({
      Effect: z.enum(['Allow', 'Deny']),
      Principal: z.union([z.literal('*'), z.strictObject({ AWS: z.literal('*') })]),
      Action: z.literal('execute-api:Invoke'),
      Resource: oneOrMore,
      Condition: z.strictObject({ NotIpAddress: z.strictObject({ 'aws:SourceIp': oneOrMore }) }).optional(),
    }),
  ),
});

interface Sender {
  readonly sourceIp: string;
  /** The name of the API's stage, such as `v1`. */
  readonly stage: string;
  readonly method: string;
  readonly path: string;
}

/** Returns true if the resource policy of a REST API allows a request. */
export type ResourcePolicy = (sender: Sender) => boolean;

/**
 * Compiles the resource policy of a REST API. As on AWS, an explicit denial wins, and a policy allows only what it names.
 *
 * @throws TemplateError if the policy contains something that the local stack does not know
 */
export function compileResourcePolicy(policy: unknown): ResourcePolicy {
  if (policy === undefined) return () => true;
  const parsed = policySchema.safeParse(policy);
  if (!parsed.success) throw new TemplateError(`Policy of the REST API: ${z.prettifyError(parsed.error)}`);
  const statements = parsed.data.Statement.map(({ Effect, Resource, Condition }) => {
    const resources = Resource.map(compileResource);
    const isElsewhere = compileNetworks(Condition?.NotIpAddress['aws:SourceIp']);
    const matches = (sender: Sender) =>
      resources.some((resource) => resource.test(`${sender.stage}/${sender.method}${sender.path}`)) &&
      isElsewhere(sender.sourceIp);
    return { effect: Effect, matches };
  });
  const has = (effect: 'Allow' | 'Deny', sender: Sender) =>
    statements.some((statement) => statement.effect === effect && statement.matches(sender));
  return (sender) => has('Allow', sender) && !has('Deny', sender);
}

/** Compiles a resource such as `execute-api:/{stage}/{method}/{path}`, in which `*` means any text. */
function compileResource(resource: string): RegExp {
  const [, pattern] = /^execute-api:\/(.*)$/.exec(resource) ?? [];
  if (pattern === undefined)
    throw new TemplateError(
      `Policy of the REST API: the resource ${resource} does not begin with execute-api:/`,
    );
  const literals = pattern.split('*').map((part) => part.replace(/[^\w/-]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`);
}

/** Returns a function that checks whether an address is outside all networks. Without networks, it is always true. */
function compileNetworks(networks: readonly string[] | undefined): (address: string) => boolean {
  if (networks === undefined) return () => true;
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return (address) => !list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
