import type { Guard } from '../../contract/webhook-authentication.ts';
import { compileNetworks, includesAddress } from '../../parsing/networks.ts';

/**
 * Creates a guard that accepts only connections from the given networks.
 *
 * @param networks addresses or CIDR blocks, IPv4 or IPv6; an empty list refuses every address
 * @throws ConfigurationError if an entry is not a network
 * @example sourceIpGuard(['213.95.145.0/27'])
 */
export function sourceIpGuard(networks: readonly string[]): Guard {
  const allowed = compileNetworks(networks);
  return ({ sourceIp }) => (includesAddress(allowed, sourceIp) ? null : { status: 403, reason: 'source-ip' });
}
