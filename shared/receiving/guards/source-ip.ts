import { BlockList, isIP, isIPv6 } from 'node:net';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Guard } from './guard.ts';

/**
 * Lets in connections from the given networks only.
 *
 * @param networks addresses or CIDR blocks, IPv4 or IPv6; an empty list lets nobody in
 * @throws ConfigurationError where an entry is not a network: a rule that never matches must not deploy
 * @example sourceIpGuard(['213.95.145.0/27'])
 */
export function sourceIpGuard(networks: readonly string[]): Guard {
  const allowed = compileNetworks(networks);
  return ({ sourceIp }) => (contains(allowed, sourceIp) ? null : { status: 403, reason: 'source-ip' });
}

/** @throws ConfigurationError */
export function compileNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
}

export function contains(list: BlockList, address: string): boolean {
  // An IPv6 socket shows an IPv4 sender as ::ffff:a.b.c.d; BlockList matches that against IPv4 rules.
  return isAddress(address) && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Without an IPv6 zone (`%eth0`), which BlockList would ignore: it means one interface of one machine. */
const isAddress = (text: string) => isIP(text) !== 0 && !text.includes('%');

function addNetwork(list: BlockList, network: string): void {
  const [address = '', prefix, ...rest] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const longest = family === 'ipv6' ? 128 : 32;
  const bits = prefix === undefined ? longest : /^(0|[1-9]\d{0,2})$/.test(prefix) ? Number(prefix) : -1;
  if (!isAddress(address) || rest.length > 0 || bits < 0 || bits > longest) {
    throw new ConfigurationError(`"${network}" is not an IP address or CIDR block such as 192.0.2.0/24`);
  }
  list.addSubnet(address, bits, family);
}
