import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { ProviderInStage } from '../stage.ts';

const invoke = { actions: ['execute-api:Invoke'], principals: [new AnyPrincipal()] };

/** The longest resource policy that API Gateway accepts, in bytes. */
const longestPolicy = 8192;

/**
 * Builds the policy of the API: everybody may call it, but a provider's paths only from the provider's networks. So a
 * request from elsewhere costs no invocation. The receiver checks the address again, because one missing deployment
 * of a policy must not open it.
 *
 * @throws ConfigurationError if there are more networks than a policy can contain
 */
export function buildResourcePolicy(providers: readonly ProviderInStage[]): PolicyDocument {
  const document = new PolicyDocument({
    statements: [
      new PolicyStatement({ ...invoke, effect: Effect.ALLOW, resources: ['execute-api:/*'] }),
      ...providers.flatMap(({ name, deployment: { sourceNetworks } }) =>
        sourceNetworks === undefined ? [] : [denyOthers(name, sourceNetworks)],
      ),
    ],
  });
  if (JSON.stringify(document.toJSON()).length > longestPolicy) {
    throw new ConfigurationError(
      `stage: the sourceIps of the providers are too many: API Gateway accepts a policy of ${longestPolicy} bytes. Use larger networks`,
    );
  }
  return document;
}

function denyOthers(provider: string, networks: readonly string[]): PolicyStatement {
  const path = `execute-api:/*/*/webhooks/${provider}`;
  return new PolicyStatement({
    ...invoke,
    effect: Effect.DENY,
    resources: [path, `${path}/*`],
    // An empty list of networks accepts no address at all.
    ...(networks.length === 0
      ? {}
      : { conditions: { NotIpAddress: { 'aws:SourceIp': networks.map(unmapIpv4) } } }),
  });
}

/**
 * Writes a network of IPv4 addresses that are mapped to IPv6 (`::ffff:192.0.2.0/120`) as the IPv4 network
 * (`192.0.2.0/24`). Our code accepts both forms, but IAM compares an IPv4 address only with IPv4 networks.
 */
function unmapIpv4(network: string): string {
  const [, address, bits] = /^::ffff:(\d+\.\d+\.\d+\.\d+)(?:\/(\d+))?$/i.exec(network) ?? [];
  return address === undefined ? network : `${address}/${Number(bits ?? 128) - 96}`;
}
