import { expect, test } from 'vitest';
import { runCallbackUrlCommand } from '../../local/callback-url/command.ts';
import { runCloseCaseCommand } from '../../local/operations/close-case-command.ts';
import { runImportCommand } from '../../local/operations/import-command.ts';
import { runNewGenerationsCommand } from '../../local/operations/new-generations-command.ts';
import { runOpenCaseCommand } from '../../local/operations/open-case-command.ts';
import { runRepublishCommand } from '../../local/operations/republish-command.ts';

type Command = (
  args: readonly string[],
  terminal: { print: (line: string) => void; complain: (line: string) => void },
) => Promise<number>;

const commands: [string, Command][] = [
  ['open-case', runOpenCaseCommand],
  ['close-case', runCloseCaseCommand],
  ['import', runImportCommand],
  ['callback-url', runCallbackUrlCommand],
  ['republish', runRepublishCommand],
  ['new-generations', runNewGenerationsCommand],
];

async function run(command: Command, ...args: string[]) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const code = await command(args, { print: write, complain: write });
  return { code, text: lines.join('\n') };
}

test.each(commands)('the options in the help of %s line up', async (_name, command) => {
  const { text } = await run(command, '--help');

  const rows = text.split('\n').filter((line) => line.startsWith('  '));
  const columns = rows.map((row) => (/^ {2}\S.*? {2,}|^ +/.exec(row)?.[0] ?? '').length);
  expect(rows.length).toBeGreaterThan(2);
  expect(new Set(columns).size, text).toBe(1);
});

test.each(commands)(
  'the help of %s says how to reach a local stack on another port',
  async (_name, command) => {
    expect((await run(command, '--help')).text).toContain('--port N');
  },
);

test('the help of import says that FILE may be the standard input', async () => {
  expect((await run(runImportCommand, '--help')).text).toMatch(
    /FILE has one\s+transaction id per line; - reads standard input/,
  );
});

test.each<[string, Command, string[]]>([
  ['open-case', runOpenCaseCommand, ['idnow', 'case-1']],
  ['close-case', runCloseCaseCommand, ['id360:1', '--yes']],
  ['import', runImportCommand, ['shootid', '/dev/null', '--simulate']],
])('%s explains which options to use instead of --base', async (_name, command, args) => {
  const { code, text } = await run(command, ...args, '--base', 'http://127.0.0.1:8800');

  expect([code, text]).toEqual([
    2,
    '--base is an option of callback-url. Give --port for a local stack, or --outputs for a deployed stack',
  ]);
});
