import { afterAll, beforeAll, expect, test } from 'vitest';
import { runConsoleCommand } from '../../local/console/command.ts';
import { eventually } from '../support/eventually.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

test('npm run console serves the console to those who have its key, until it is stopped', async () => {
  const out: string[] = [];
  const stop = new AbortController();
  const terminal = { print: (line: string) => out.push(line), complain: (line: string) => out.push(line) };
  const code = runConsoleCommand(['--base', sut.system.stack.url, '--port', '0'], terminal, stop.signal);
  const url = await eventually(() => {
    const [found = ''] = /http:\S+/.exec(out.join('\n')) ?? [];
    expect(found).toContain('http://127.0.0.1:');
    return found;
  });
  const { origin } = new URL(url);

  const withoutKey = await fetch(`${origin}/cases`);
  const wrongKey = await fetch(`${origin}/?key=wrong`);
  const entry = await fetch(url, { redirect: 'manual' });
  const [cookie = ''] = (entry.headers.get('set-cookie') ?? '').split(';');
  const withKey = await fetch(`${origin}/cases`, { headers: { cookie } });

  expect([withoutKey.status, wrongKey.status, entry.status, withKey.status]).toEqual([401, 401, 303, 200]);
  expect(entry.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  expect(entry.headers.get('location')).toBe('/');
  stop.abort();
  expect(await code).toBe(0);
  await expect(fetch(`${origin}/cases`)).rejects.toThrow();
});

test.each([
  [['--base', 'http://127.0.0.1:9'], 'No local stack answers at http://127.0.0.1:9'],
  [['--stage', 'no-such-stage'], 'no-such-stage'],
  [['--prot', '1'], 'Did you mean --port?'],
])('%j cannot be used, and the command says why', async (args, message) => {
  const err: string[] = [];
  const terminal = { print: () => undefined, complain: (line: string) => err.push(line) };

  expect(await runConsoleCommand(args, terminal, new AbortController().signal)).toBe(2);
  expect(err.join('\n')).toContain(message);
});
