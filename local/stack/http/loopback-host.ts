import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Returns true if the Host header names this machine: `localhost`, an address in 127.0.0.0/8 or `[::1]`, with or
 * without a port. This check prevents DNS rebinding. If the name of a web page resolves to 127.0.0.1, the page's
 * requests reach this server. But their Host header still has the page's own name, so the server refuses them.
 *
 * @param hosts the values of all Host headers; browsers send exactly one
 */
export function isLoopbackHost(hosts: readonly string[] = []): boolean {
  const [host = '', ...others] = hosts;
  const [, bracketed, plain = ''] = /^(?:\[([^\]%]*)\]|([^:]*))(?::\d{1,5})?$/.exec(host) ?? [];
  if (others.length > 0) return false;
  if (bracketed !== undefined) return isIP(bracketed) === 6 && loopback.check(bracketed, 'ipv6');
  return plain.toLowerCase() === 'localhost' || (isIP(plain) === 4 && loopback.check(plain, 'ipv4'));
}
