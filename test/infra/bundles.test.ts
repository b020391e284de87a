import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleFunctionsInMemory, getBundleDirectory, lambdaFunctionNames } from '../../infra/bundle.ts';
import { providerNames } from '../support/provider-names.ts';

const KB = 1024;

describe.each(lambdaFunctionNames)('the bundle of %s', (name) => {
  const read = () => readFile(join(getBundleDirectory(name), 'index.js'), 'utf8');

  test(`the bundle of ${name} is a CommonJS module that exports the handler`, async () => {
    const source = await read();
    expect(source).toContain('module.exports');
    expect(source).not.toMatch(/^\s*(import|export) /m);
  });

  test(`the bundle of ${name} requires only modules of Node.js, because it contains the AWS SDK`, async () => {
    const source = await read();
    // The pattern ignores "[require(...)", because the AWS SDK in the bundle has this text in an error message.
    const required = [...source.matchAll(/(?<!\[)\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(
      ([, module = '']) => module,
    );
    // The system check needs only `fetch`, so it requires no module.
    expect(required.length > 0).toBe(name !== 'check-idnow-system');
    const builtin = (module: string) =>
      builtinModules.includes(module.replace(/^node:/, '').split('/')[0] ?? '');
    expect([...new Set(required)].filter((module) => !builtin(module))).toEqual([]);
  });

  // Node reads each export of a module that `import()` loads. One export of `http` loads Node's whole `fetch` library.
  test(`the bundle of ${name} has no import(), which delays the first AWS call of an instance`, async () => {
    // Only the surrounding text, because a failure would print the whole bundle.
    expect((await read()).match(/.{0,40}\bimport\(.{0,40}/g)).toBeNull();
  });

  test(`the bundle of ${name} is minified`, async () => {
    const source = await read();
    expect(source.length / source.split('\n').length).toBeGreaterThan(500);
  });
});

test.each(['receive-idnow', 'receive-id360', 'receive-datakeen'] as const)(
  'the bundle of %s has at most 340 KB, so it starts quickly',
  async (name) => {
    const source = await readFile(join(getBundleDirectory(name), 'index.js'));
    expect(source.byteLength).toBeLessThanOrEqual(340 * KB);
  },
);

/** Returns the source files in a bundle. */
let inputsOf: (name: string) => string[];
beforeAll(async () => {
  const { outputs } = (await bundleFunctionsInMemory()).metafile;
  inputsOf = (name) => Object.keys(outputs[`dist/${name}/index.js`]?.inputs ?? {});
});

test.each(lambdaFunctionNames)('the bundle of %s contains zod/mini, but not zod with its methods', (name) => {
  const inputs = inputsOf(name);
  expect(inputs).toContain('node_modules/zod/v4/mini/schemas.js');
  expect(inputs.filter((input) => /^node_modules\/zod\/v4\/(classic|locales)\//.test(input))).toEqual([]);
});

test.each(lambdaFunctionNames)('the bundle of %s contains no code for event streams', (name) => {
  expect(inputsOf(name).filter((input) => input.includes('/submodules/event-streams/'))).toEqual([]);
});

test.each(['receive-idnow', 'receive-id360', 'receive-datakeen'])(
  'the bundle of %s contains no code of Powertools',
  (name) => {
    expect(inputsOf(name).filter((input) => input.includes('/@aws-lambda-powertools/'))).toEqual([]);
  },
);

describe('provider code in bundles', () => {
  const providersIn = (name: string) =>
    providerNames.filter((provider) =>
      inputsOf(name).some((input) => input.startsWith(`shared/providers/${provider}/`)),
    );

  test.each(providerNames)('the bundle of the %s fetcher contains no code of other providers', (provider) => {
    expect(providersIn(`fetch-${provider}-evidence`)).toEqual([provider]);
  });

  test.each(providerNames)(
    'the bundle of the %s receiver contains no code of other providers',
    (provider) => {
      expect(providersIn(`receive-${provider}`)).toEqual([provider]);
    },
  );

  test("the bundle of ID360's session keeper contains no code of other providers", () => {
    expect(providersIn('keep-id360-session')).toEqual(['id360']);
  });

  test('the bundle of the relay contains no code of any provider', () => {
    expect(inputsOf('relay-events')).toContain('shared/relay/relay-events.ts');
    expect(providersIn('relay-events')).toEqual([]);
  });
});
