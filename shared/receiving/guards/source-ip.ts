import type { Guard } from '../../contract/webhook-authentication.ts';
import { compileIpNetworks, includesIpAddress } from '../../parsing/networks.ts';

/**
 * Creates a guard that accepts only connections from the given networks.
 *
 * @param networks addresses or CIDR blocks, IPv4 or IPv6; an empty list refuses every address
 * @throws ConfigurationError if an entry is not a network
 * @example createSourceIpGuard(['213.95.145.0/27'])
 */
export function createSourceIpGuard(networks: readonly string[]): Guard {
  const allowed = compileIpNetworks(networks);
  return ({ sourceIp }) =>
    includesIpAddress(allowed, sourceIp) ? null : { status: 403, reason: 'source-ip' };
}
