import { BlockList, isIP, isIPv6 } from 'node:net';
import * as z from 'zod/mini';
import { ConfigurationError } from '../platform/errors.ts';

/**
 * Compiles networks into a list that `includesIpAddress` can search.
 *
 * @param networks addresses or CIDR blocks, IPv4 or IPv6
 * @throws ConfigurationError if an entry is no network: a rule that never matches must not be deployed
 */
export function compileIpNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
}

/** Checks whether an address is in one of the networks. @returns false if the text is no IP address */
export function includesIpAddress(list: BlockList, address: string): boolean {
  // An IPv6 socket shows the IPv4 address a.b.c.d as ::ffff:a.b.c.d. BlockList compares such an address with the IPv4
  // networks.
  return isAddress(address) && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Rejects an address with an IPv6 zone (`%eth0`), because BlockList ignores the zone. A zone names a network interface of
 * one machine.
 */
const isAddress = (text: string) => isIP(text) !== 0 && !text.includes('%');

/** Checks whether a text is an IP address or a CIDR block. */
export const isIpNetwork = (text: string) => parseNetwork(text) !== null;

export const buildInvalidNetworkMessage = (text: unknown) =>
  `"${text}" is not an IP address or CIDR block such as 192.0.2.0/24`;

/** The schema for a network in the settings of a stage: an IP address or a CIDR block. */
export const IpNetworkSchema = z
  .string()
  .check(z.refine(isIpNetwork, { error: ({ input }) => buildInvalidNetworkMessage(input) }));

function addNetwork(list: BlockList, text: string): void {
  const network = parseNetwork(text);
  if (network === null) throw new ConfigurationError(buildInvalidNetworkMessage(text));
  list.addSubnet(network.address, network.bits, network.family);
}

function parseNetwork(text: string) {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const longest = family === 'ipv6' ? 128 : 32;
  const bits = prefix === undefined ? longest : /^(0|[1-9]\d{0,2})$/.test(prefix) ? Number(prefix) : -1;
  if (!isAddress(address) || rest.length > 0 || bits < 0 || bits > longest) return null;
  return { address, bits, family } as const;
}
