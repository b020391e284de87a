import { afterEach, expect, test, vi } from 'vitest';
import { defaultProvider } from '../../shared/platform/lambda-credentials.ts';

afterEach(() => vi.unstubAllEnvs());

test('the credentials come from the environment variables of Lambda, and are read once', async () => {
  // Prepare
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  const read = defaultProvider();
  // Act
  const credentials = await read();
  // Assess
  expect(credentials).toMatchObject({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' });
  expect(await read()).toBe(credentials);
});
