import { expect, test } from 'vitest';
import type { WebhookAdapter } from '../../../shared/providers/provider.ts';
import { compileProviderGuard } from '../../../shared/receiving/guards/compile-guard.ts';
import { basic, request } from '../../support/requests.ts';

type Authentication = Pick<WebhookAdapter, 'provider' | 'sourceIps' | 'credentials'>;

/** The guard of a provider whose secret is a password, and the secrets from which it was compiled. */
function compileGuardOfPassword() {
  const compiledFrom: unknown[] = [];
  const adapter: Authentication = {
    provider: 'acme',
    sourceIps: null,
    credentials(secret) {
      compiledFrom.push(secret);
      const [password = ''] = Array.isArray(secret) ? secret : [];
      return [{ kind: 'basic', credentials: [{ username: 'acme', password }] }];
    },
  };
  return { guard: compileProviderGuard(adapter), compiledFrom };
}

const status = (password: string, guard: ReturnType<typeof compileProviderGuard>, secret: unknown) =>
  guard(secret)(request({ headers: basic(`acme:${password}`) }))?.status ?? 'accepted';

test('the guard is compiled once for all requests with the same value of the secret', () => {
  // Prepare
  const { guard, compiledFrom } = compileGuardOfPassword();
  const secret = ['one'];
  // Act
  const answers = ['one', 'two', 'one'].map((password) => status(password, guard, secret));
  // Assess
  expect(answers).toEqual(['accepted', 401, 'accepted']);
  expect(compiledFrom).toEqual([secret]);
});

test('a rotated secret takes effect with the next request, and so does a secret that is rotated back', () => {
  const { guard } = compileGuardOfPassword();
  const answers = [['one'], ['two'], ['one']].map((secret) =>
    ['one', 'two'].map((password) => status(password, guard, secret)),
  );
  expect(answers).toEqual([
    ['accepted', 401],
    [401, 'accepted'],
    ['accepted', 401],
  ]);
});

test('a secret that is read as null or undefined accepts nothing, also as the first value', () => {
  const { guard, compiledFrom } = compileGuardOfPassword();
  expect([undefined, null].map((secret) => status('one', guard, secret))).toEqual([401, 401]);
  expect(compiledFrom).toEqual([undefined, null]);
});
