import { compileIpNetworks, includesIpAddress } from '../../parsing/networks.ts';
import { expandIdnowSourceIps, type IdnowSourceIpSet, idnowSourceIpSets } from './source-ips.ts';

/** A gateway of IDnow: the API of some accounts, and the addresses from which their webhooks come. */
interface IdnowGatewayAddresses {
  readonly apiUrl: string;
  readonly sourceIps: readonly string[];
}

/**
 * The hosts that IDnow publishes (API collection, "Environments"), and the networks from which the webhooks of each come.
 * IDnow publishes no networks for the UAE.
 */
const setOfHost: Readonly<Record<string, IdnowSourceIpSet | null>> = {
  'gateway.idnow.de': 'live-de',
  'gateway.online-ident.ch': 'live-ch',
  'gateway.idnow.ae': null,
  'gateway.test.idnow.de': 'test',
  'gateway.test.online-ident.ch': 'test-ch',
  'gateway.test.idnow.ae': null,
};

/**
 * Explains that a gateway's host and its source addresses belong to different environments or countries of IDnow. The
 * host of a proxy is unknown, so its source addresses are not checked.
 *
 * @returns null if they match
 */
export function explainMismatchedAddresses({ apiUrl, sourceIps }: IdnowGatewayAddresses): string | null {
  // The schema reports a URL that cannot be read.
  if (!URL.canParse(apiUrl)) return null;
  // A dot at the end of a host name makes it absolute, and names the same host.
  const hostname = new URL(apiUrl).hostname.replace(/\.$/, '');
  const own = Object.hasOwn(setOfHost, hostname) ? setOfHost[hostname] : undefined;
  if (own === undefined) return null;
  const allowed = expandIdnowSourceIps(sourceIps);
  const foreign = Object.entries(idnowSourceIpSets).find(
    ([set, networks]) => set !== own && (overlap(allowed, networks) || overlap(networks, allowed)),
  );
  if (foreign === undefined) return null;
  const known = own ?? 'addresses that IDnow tells on request';
  return `sourceIps let in the set ${foreign[0]} of IDnow, but webhooks of ${hostname} come from ${known}: give each gateway its own addresses (setting gateways)`;
}

/** True if the first address of a network is in one of `others`. Of two networks that overlap, one contains the other. */
function overlap(networks: readonly string[], others: readonly string[]): boolean {
  const compiled = compileIpNetworks(others);
  return networks.some((network) => includesIpAddress(compiled, network.split('/')[0] ?? ''));
}
