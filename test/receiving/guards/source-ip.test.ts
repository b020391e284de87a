import { isIPv4 } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import {
  expandIdnowSourceIps,
  findIdnowTestAddress,
  idnowSourceIpSets,
} from '../../../shared/providers/idnow/source-ips.ts';
import { createSourceIpGuard } from '../../../shared/receiving/guards/source-ip.ts';
import { request } from '../../support/requests.ts';

const refusal = { status: 403, reason: 'source-ip' };
const isAccepted = (networks: string[], sourceIp: string) =>
  createSourceIpGuard(networks)(request({ sourceIp })) === null;

describe('sourceIpGuard', () => {
  test.each<[string, string, boolean]>([
    ['213.95.145.0/27', '213.95.145.0', true],
    ['213.95.145.0/27', '213.95.145.31', true],
    ['213.95.145.0/27', '213.95.145.32', false],
    ['213.95.145.0/27', '213.95.144.255', false],
    ['213.95.145.17/27', '213.95.145.1', true],
    ['193.169.187.168/32', '193.169.187.168', true],
    ['193.169.187.168/32', '193.169.187.169', false],
    ['193.169.187.168', '193.169.187.168', true],
    ['193.169.187.168', '193.169.187.167', false],
    ['10.0.0.0/31', '10.0.0.1', true],
    ['10.0.0.0/31', '10.0.0.2', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['0.0.0.0/0', '::ffff:192.0.2.1', true],
    ['192.0.2.0/24', '::ffff:192.0.2.1', true],
    ['192.0.2.0/24', '::FFFF:c000:0201', true],
    ['192.0.2.0/24', '0:0:0:0:0:ffff:192.0.2.1', true],
    ['192.0.2.0/24', '::ffff:192.0.3.1', false],
    ['192.0.2.0/24', '::192.0.2.1', false],
    ['192.0.2.0/24', '64:ff9b::192.0.2.1', false],
    ['192.0.2.0/24', '2002:c000:201::', false],
    ['::ffff:192.0.2.0/120', '192.0.2.1', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::/32', '2001:0DB8::1', true],
    ['2001:db8::1', '2001:db8::1', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['::1/128', '127.0.0.1', false],
    ['fe80::/10', 'fe80::1%eth0', false],
    ['192.0.2.0/24', '::ffff:192.0.2.1%1', false],
    ['192.0.2.0/24', '192.0.2.01', false],
    ['192.0.2.0/24', '0300.0.2.1', false],
    ['192.0.2.0/24', '192.0.513', false],
    ['192.0.2.0/24', '3221225985', false],
    ['192.0.2.0/24', '0xc0000201', false],
    ['192.0.2.0/24', '192.0.2.256', false],
    ['192.0.2.0/24', ' 192.0.2.1', false],
    ['192.0.2.0/24', '192.0.2.1\n', false],
    ['192.0.2.0/24', '192.0.2.1, 10.0.0.1', false],
    ['192.0.2.0/24', '192.0.2.1:443', false],
    ['192.0.2.0/24', '[::ffff:192.0.2.1]', false],
    ['0.0.0.0/0', '', false],
    ['0.0.0.0/0', 'localhost', false],
    ['0.0.0.0/0', 'undefined', false],
  ])('whether the network %s contains the source address %j: %s', (network, address, expected) => {
    expect(isAccepted([network], address)).toBe(expected);
  });

  test('a request from a source address that is not configured is refused with 403', () => {
    expect(createSourceIpGuard(['192.0.2.0/24'])(request({ sourceIp: '198.51.100.1' }))).toEqual(refusal);
  });

  test('the source address never comes from a header', () => {
    const headers = new Map([
      ['x-forwarded-for', '192.0.2.1'],
      ['x-real-ip', '192.0.2.1'],
      ['forwarded', 'for=192.0.2.1'],
    ]);
    const guard = createSourceIpGuard(['192.0.2.0/24']);
    expect(guard(request({ sourceIp: '198.51.100.1', headers }))).toEqual(refusal);
  });

  test('a source address must be in a configured network, and without networks each address is refused', () => {
    const networks = ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'];
    expect(isAccepted(networks, '198.51.100.7')).toBe(true);
    expect(isAccepted(networks, '203.0.113.1')).toBe(false);
    expect(isAccepted([], '127.0.0.1')).toBe(false);
  });

  test('an IPv4 network contains exactly the addresses with the same first bits', () => {
    const bits = (address: string) =>
      address
        .split('.')
        .map((part) => Number(part).toString(2).padStart(8, '0'))
        .join('');
    const near = fc.tuple(fc.ipV4(), fc.nat({ max: 31 })).map(([address, bit]) => {
      const flipped = Number.parseInt(bits(address), 2) ^ (1 << bit);
      return [address, [24, 16, 8, 0].map((shift) => (flipped >>> shift) & 255).join('.')];
    });
    fc.assert(
      fc.property(near, fc.integer({ min: 0, max: 32 }), ([a = '', b = ''], prefix) => {
        fc.pre(isIPv4(b));
        const same = bits(a).slice(0, prefix) === bits(b).slice(0, prefix);
        expect(isAccepted([`${a}/${prefix}`], b)).toBe(same);
        expect(isAccepted([`${a}/${prefix}`], `::ffff:${b}`)).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    '',
    ' ',
    '*',
    'localhost',
    'live-uk',
    '192.0.2.0/',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2.0/024',
    '192.0.2.0/+24',
    '192.0.2.0/24.0',
    '192.0.2.0/ 24',
    '192.0.2.0/0x18',
    '192.0.2.0/24/24',
    '192.0.2.0/255.255.255.0',
    '192.0.2/24',
    '192.0.2.00/24',
    '192.0.2.256/32',
    '2001:db8::/129',
    '2001:db8::/1000',
    '2001:db8:::/32',
    'fe80::1%eth0/64',
    'fe80::1%eth0',
    'toString',
  ])('the invalid network %j throws a ConfigurationError', (rule) => {
    expect(() => createSourceIpGuard(['192.0.2.0/24', rule])).toThrow(ConfigurationError);
    expect(() => createSourceIpGuard([rule])).toThrow(`"${rule}" is not an IP address or CIDR block`);
  });
});

describe('the named source addresses of IDnow', () => {
  test('the named sets of source addresses contain the addresses that IDnow publishes', () => {
    expect(idnowSourceIpSets).toEqual({
      'live-de': ['213.95.145.0/27'],
      'live-ch': ['193.169.187.168/32'],
      test: ['52.30.27.5/32', '52.48.216.0/32'],
      'test-ch': ['52.18.79.87/32'],
    });
  });

  test('a list of source addresses may mix named sets and networks', () => {
    expect(expandIdnowSourceIps(['live-de', '192.0.2.0/24', 'test'])).toEqual([
      '213.95.145.0/27',
      '192.0.2.0/24',
      '52.30.27.5/32',
      '52.48.216.0/32',
    ]);
  });

  test.each(['constructor', '__proto__', 'toString'])(
    'a name that every JavaScript object has is no named set of source addresses: %s',
    (entry) => {
      expect(expandIdnowSourceIps([entry])).toEqual([entry]);
    },
  );

  test.each([
    [['test']],
    [['live-de', 'test-ch']],
    [['52.30.27.5']],
    [['52.0.0.0/8']],
    [['0.0.0.0/0']],
    [['::/0']],
    [['::ffff:52.18.79.87']],
    [['live-de', '52.48.216.0/31']],
  ])('an address of IDnow’s test environment is found among the source addresses %j', (entries) => {
    expect(findIdnowTestAddress(entries)).toMatch(/^52\.\d+\.\d+\.\d+$/);
  });

  test.each([[['live-de', 'live-ch']], [['192.0.2.0/24']], [[]]])(
    'no address of IDnow’s test environment is found among the source addresses %j',
    (entries) => {
      expect(findIdnowTestAddress(entries)).toBeNull();
    },
  );
});
