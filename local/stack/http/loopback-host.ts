import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether a Host header names this machine itself: `localhost`, an address in 127.0.0.0/8 or `[::1]`, with a port or
 * without. A web page can have its own name resolve to 127.0.0.1 (DNS rebinding), and may then read what it gets from
 * there; its browser still sends that name.
 *
 * @param hosts the values of all Host headers: a request has one, and whoever sends none or several is no browser
 */
export function isLoopbackHost(hosts: readonly string[] = []): boolean {
  const [host = '', ...others] = hosts;
  const [, bracketed, plain = ''] = /^(?:\[([^\]%]*)\]|([^:]*))(?::\d{1,5})?$/.exec(host) ?? [];
  if (others.length > 0) return false;
  if (bracketed !== undefined) return isIP(bracketed) === 6 && loopback.check(bracketed, 'ipv6');
  return plain.toLowerCase() === 'localhost' || (isIP(plain) === 4 && loopback.check(plain, 'ipv4'));
}
