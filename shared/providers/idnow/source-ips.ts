import { compileNetworks, includesAddress } from '../../parsing/networks.ts';
import { ConfigurationError } from '../../platform/errors.ts';

/**
 * The addresses from which IDnow sends webhooks, by environment (IDnow AutoIdent documentation, "IP Addresses"). IDnow
 * publishes none for the UAE.
 */
export const sourceIpSets = {
  'live-de': ['213.95.145.0/27'],
  'live-ch': ['193.169.187.168/32'],
  test: ['52.30.27.5/32', '52.48.216.0/32'],
  'test-ch': ['52.18.79.87/32'],
} as const satisfies Record<string, readonly string[]>;

const testAddresses = ['52.30.27.5', '52.48.216.0', '52.18.79.87'] as const;

/** Replaces the names of published sets by their networks. Every other entry is a network itself, and stays. */
export function expandSourceIps(entries: readonly string[]): string[] {
  const sets: Readonly<Record<string, readonly string[]>> = sourceIpSets;
  return entries.flatMap((entry) => (Object.hasOwn(sets, entry) ? (sets[entry] ?? []) : [entry]));
}

/**
 * Rejects entries that accept the addresses of IDnow's test environment, by name or by network. The test environment
 * sends invented results, which a live stage must not accept.
 *
 * @throws ConfigurationError that names the address, or the entry that is no network
 */
export function assertNoTestSources(entries: readonly string[]): void {
  const allowed = compileNetworks(expandSourceIps(entries));
  const test = testAddresses.find((address) => includesAddress(allowed, address));
  if (test === undefined) return;
  throw new ConfigurationError(
    `idnow.sourceIps of a live stage accepts ${test}, from which IDnow's test environment sends`,
  );
}
