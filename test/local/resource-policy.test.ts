import { describe, expect, it } from 'vitest';
import { compileResourcePolicy } from '../../local/stack/http/resource-policy.ts';

const everybody = {
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
};
const onlyFrom = (networks: string | string[], Resource: string | string[]) => ({
  ...everybody,
  Effect: 'Deny',
  Resource,
  Condition: { NotIpAddress: { 'aws:SourceIp': networks } },
});
const compile = (...Statement: object[]) => compileResourcePolicy({ Version: '2012-10-17', Statement });
const post = (path: string, sourceIp: string) => ({ stage: 'v1', method: 'POST', path, sourceIp });

describe('the resource policy of a REST API', () => {
  const allows = compile(
    everybody,
    onlyFrom(
      ['192.0.2.0/24', '2001:db8::/32'],
      ['execute-api:/*/*/webhooks/idnow', 'execute-api:/*/*/webhooks/idnow/*'],
    ),
  );

  it.each([
    ['192.0.2.1', true],
    ['192.0.3.1', false],
    ['2001:db8::1', true],
    ['2001:db9::1', false],
  ])('an API that admits two networks answers %s: %s', (sourceIp, admitted) => {
    expect(allows(post('/webhooks/idnow', sourceIp))).toBe(admitted);
    expect(allows(post('/webhooks/idnow/a/b', sourceIp))).toBe(admitted);
    expect(allows({ ...post('/webhooks/idnow', sourceIp), method: 'GET' })).toBe(admitted);
  });

  it('a rule about one path does not limit another path', () => {
    for (const path of ['/webhooks/id360', '/webhooks/idnow2', '/x/webhooks/idnowx'])
      expect(allows(post(path, '198.51.100.1'))).toBe(true);
  });

  it('a point in a path of the policy is a point, and not any character', () => {
    const policy = compile(everybody, onlyFrom('192.0.2.0/24', 'execute-api:/*/*/a.b'));
    expect(policy(post('/a.b', '198.51.100.1'))).toBe(false);
    expect(policy(post('/axb', '198.51.100.1'))).toBe(true);
  });

  it('an API without a policy allows every request, and a policy only what it names', () => {
    expect(compileResourcePolicy(undefined)(post('/', '198.51.100.1'))).toBe(true);
    expect(compile()(post('/', '198.51.100.1'))).toBe(false);
  });

  it('a denial without a condition refuses every address', () => {
    const { Condition, ...always } = onlyFrom('192.0.2.0/24', 'execute-api:/*');
    expect(compile(everybody, always)(post('/', '192.0.2.1'))).toBe(false);
  });

  it.each([
    ['a condition', { ...everybody, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    ['a principal', { ...everybody, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    ['an action', { ...everybody, Action: '*' }],
    ['a resource', { ...everybody, Resource: 'arn:aws:execute-api:eu-west-1:1:api/*' }],
  ])('%s that the local stack does not know is an error', (_title, statement) => {
    expect(() => compile(statement)).toThrow(/^Policy of the REST API:/);
  });
});
