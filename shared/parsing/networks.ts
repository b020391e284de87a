import { BlockList, isIP, isIPv6 } from 'node:net';
import { ConfigurationError } from '../platform/errors.ts';

/**
 * Compiles networks into a list that `includesAddress` can search.
 *
 * @param networks addresses or CIDR blocks, IPv4 or IPv6
 * @throws ConfigurationError if an entry is no network: a rule that never matches must not be deployed
 */
export function compileNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
}

/** Checks whether an address is in one of the networks. @returns false if the text is no IP address */
export function includesAddress(list: BlockList, address: string): boolean {
  // An IPv6 socket shows an IPv4 sender as ::ffff:a.b.c.d. BlockList compares such an address with the IPv4 rules.
  return isAddress(address) && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Rejects an IPv6 zone (`%eth0`). BlockList ignores zones, but a zone names a network interface of one machine. */
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
