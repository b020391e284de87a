import { compileIpNetworks, includesIpAddress } from '../../parsing/networks.ts';

/**
 * The networks from which IDnow sends webhooks, by environment (IDnow AutoIdent documentation, "IP Addresses"). IDnow
 * publishes no networks for the UAE.
 */
export const idnowSourceIpSets = {
  'live-de': ['213.95.145.0/27'],
  'live-ch': ['193.169.187.168/32'],
  test: ['52.30.27.5/32', '52.48.216.0/32'],
  'test-ch': ['52.18.79.87/32'],
} as const satisfies Record<string, readonly string[]>;

export type IdnowSourceIpSet = keyof typeof idnowSourceIpSets;

const testAddresses = ['52.30.27.5', '52.48.216.0', '52.18.79.87'] as const;

/**
 * Replaces the name of a set that IDnow publishes by the networks of this set. Every other entry is a network, and
 * stays.
 */
export function expandIdnowSourceIps(entries: readonly string[]): string[] {
  const sets: Readonly<Record<string, readonly string[]>> = idnowSourceIpSets;
  return entries.flatMap((entry) => (Object.hasOwn(sets, entry) ? (sets[entry] ?? []) : [entry]));
}

/**
 * Finds an address of IDnow's test environment that these networks include. A live stage must not accept such an
 * address, because the test environment sends invented results.
 *
 * @returns null if the networks include no such address
 * @throws ConfigurationError if an entry is not a network
 */
export function findIdnowTestAddress(entries: readonly string[]): string | null {
  const allowed = compileIpNetworks(expandIdnowSourceIps(entries));
  return testAddresses.find((address) => includesIpAddress(allowed, address)) ?? null;
}
