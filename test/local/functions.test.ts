import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { functionResource } from './fixture-assembly.ts';
import { runFixture } from './run-fixture.ts';

async function runFunction(source: string, properties: Record<string, unknown> = {}) {
  const running = await runFixture({
    resources: { Work: functionResource('work', properties) },
    bundles: { work: source },
  });
  const work = running.stack.functions.work;
  if (work === undefined) throw new Error('The fixture has no function work');
  return { ...running, work };
}

describe('local functions', () => {
  it('a local function runs the handler of a CommonJS bundle and returns its result', async () => {
    const { work } = await runFunction(
      `const { basename } = require('node:path'); exports.handler = async (event) => ({ event, here: basename(__dirname) });`,
    );

    const result = await work.invoke({ n: 1 });

    expect(result).toMatchObject({ kind: 'succeeded', payload: { event: { n: 1 }, here: 'asset.work' } });
  });

  it("a local function has the environment of Lambda, without variables of the developer's machine", async () => {
    process.env.HOST_ONLY = 'secret of the host';
    onTestFinished(() => {
      delete process.env.HOST_ONLY;
    });
    const { stack, work } = await runFunction('exports.handler = async () => process.env;', {
      Environment: { Variables: { FROM_TEMPLATE: { 'Fn::Join': ['', ['a', 1]] } } },
    });

    const result = await work.invoke({});

    const environment = result.kind === 'succeeded' ? result.payload : undefined;
    expect(environment).toMatchObject({
      FROM_TEMPLATE: 'a1',
      AWS_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'work',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_ACCESS_KEY_ID: 'local-work',
      AWS_ENDPOINT_URL_DYNAMODB: stack.endpoints.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: stack.endpoints.secretsmanager,
    });
    expect(Object.keys(environment ?? {})).not.toContain('HOST_ONLY');
    expect(Object.keys(environment ?? {})).not.toContain('PATH');
  });

  it('the option variablesOf of the local stack overrides the environment variables in the template', async () => {
    const { stack } = await runFixture(
      {
        resources: {
          Work: functionResource('work', { Environment: { Variables: { PACE: 'slow', KEPT: 'yes' } } }),
        },
        bundles: {
          work: 'exports.handler = async () => [process.env.PACE, process.env.KEPT, process.env.NAME];',
        },
      },
      { variablesOf: (name) => ({ PACE: 'quick', NAME: name }) },
    );

    expect(await stack.functions.work?.invoke({})).toMatchObject({ payload: ['quick', 'yes', 'work'] });
  });

  it("a local function gets a context object like Lambda's", async () => {
    const { work } = await runFunction(
      `exports.handler = async (_event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });`,
      { Timeout: 9 },
    );

    const result = await work.invoke({});

    expect(result).toMatchObject({
      payload: {
        awsRequestId: result.requestId,
        functionName: 'work',
        memoryLimitInMB: '128',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:work',
        left: expect.toSatisfy((left: number) => left > 5_000 && left <= 9_000),
      },
    });
  });

  it('an invocation of a local function fails at the time-out, and the next invocation gets a new instance', async () => {
    const { work } = await runFunction(
      'let calls = 0; exports.handler = async (event) => { calls += 1; if (event.hang) await new Promise(() => setInterval(() => {}, 1000)); return calls; };',
      { Timeout: 1 },
    );

    const hung = await work.invoke({ hang: true });
    const next = await work.invoke({});

    expect(hung).toMatchObject({
      kind: 'failed',
      error: { errorMessage: expect.stringContaining('Task timed out after 1.00 seconds') },
    });
    expect(next).toMatchObject({ kind: 'succeeded', payload: 1 });
  });

  it('the time-out ends a local function that blocks its thread', async () => {
    const { work } = await runFunction('exports.handler = async () => { for (;;) {} };', { Timeout: 1 });

    expect(await work.invoke({})).toMatchObject({ kind: 'failed' });
  });

  it('an error of a local function is in the result of the invocation and in the log', async () => {
    const { work, lines } = await runFunction(
      `exports.handler = async () => { throw new RangeError('too far'); };`,
    );

    const result = await work.invoke({});

    expect(result).toMatchObject({
      kind: 'failed',
      error: { errorType: 'RangeError', errorMessage: 'too far' },
    });
    expect(lines).toContainEqual({ source: 'work', line: expect.stringContaining('RangeError: too far') });
  });

  it.each([
    ['its process exits', 'exports.handler = async () => process.exit(3);', 'exit status 3'],
    [
      'an error is not caught',
      `exports.handler = () => new Promise(() => { setTimeout(() => { throw new Error('lost'); }, 0); });`,
      'lost',
    ],
    ['its bundle does not load', `throw new Error('no init');`, 'no init'],
    ['its handler does not exist', 'exports.other = 1;', 'index.handler is undefined or not exported'],
  ])(
    'an invocation of a local function fails, and its error says why: %s',
    async (_name, source, message) => {
      const { work } = await runFunction(source);

      expect(await work.invoke({})).toMatchObject({
        kind: 'failed',
        error: { errorMessage: expect.stringContaining(message) },
      });
    },
  );

  it('a crash of a local function fails the running invocation, and the next invocation succeeds', async () => {
    const { work, seen } = await runFunction(
      'exports.handler = async (event) => { console.log(1); if (event.hang) await new Promise(() => setInterval(() => {}, 1000)); return 2; };',
    );
    const hanging = work.invoke({ hang: true });
    await eventually(() => expect(seen('work')).toEqual([1]));

    await work.crash();

    expect(await hanging).toMatchObject({ kind: 'failed', error: { errorType: 'Runtime.ExitError' } });
    expect(await work.invoke({})).toMatchObject({ kind: 'succeeded', payload: 2 });
  });

  it('the log of the local stack has each line that a function writes', async () => {
    const { work, lines } = await runFunction(
      `exports.handler = async () => { console.log('one\\ntwo'); process.stderr.write('three\\n'); };`,
    );

    await work.invoke({});

    await eventually(() => {
      expect(lines.map(({ line }) => line).toSorted()).toEqual(['one', 'three', 'two']);
    });
  });

  it.each([
    ['four by default', {}, 4],
    ['its reserved concurrency', { ReservedConcurrentExecutions: 2 }, 2],
  ])(
    'a local function runs a limited number of instances, each with one invocation at once: %s',
    async (_name, properties, expected) => {
      // Each invocation has a file while it runs. It returns the largest number of files that it sees: invocations at once.
      const directory = await mkdtemp(join(tmpdir(), 'running-'));
      onTestFinished(() => rm(directory, { recursive: true }));
      const { work } = await runFunction(
        `const fs = require('node:fs'); let busy = false;
       exports.handler = async (event) => {
         if (busy) throw new Error('two at once in one instance');
         busy = true;
         const file = process.env.DIRECTORY + '/' + event;
         fs.writeFileSync(file, '');
         let most = 0;
         for (let i = 0; i < 20; i += 1) {
           most = Math.max(most, fs.readdirSync(process.env.DIRECTORY).length);
           await new Promise((resolve) => setTimeout(resolve, 10));
         }
         fs.unlinkSync(file);
         busy = false;
         return most;
       };`,
        { Environment: { Variables: { DIRECTORY: directory } }, ...properties },
      );

      const results = await Promise.all(Array.from({ length: 10 }, (_, index) => work.invoke(String(index))));

      const running = results.map((result) =>
        result.kind === 'succeeded' ? Number(result.payload) : result.error,
      );
      expect(Math.max(...running.map(Number))).toBe(expected);
    },
  );
});
