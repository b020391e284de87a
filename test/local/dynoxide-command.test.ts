import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findDynoxideCommand } from '../../local/stack/emulators/dynoxide-command.ts';

/** Writes files into a new folder. `base` is a file in the folder, from which Node.js resolves packages. */
async function folder(files: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-packages-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(directory, name, '..'), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return { base: join(directory, 'any.js'), at: (name: string) => join(directory, name) };
}

const script = '#!/usr/bin/env node\n';
const launcher = 'node_modules/dynoxide';

it('findDynoxideCommand prefers the installed binary for Linux on x64 to the npm package dynoxide', async () => {
  const { base, at } = await folder({
    'node_modules/@dynoxide/linux-x64/dynoxide': 'binary',
    [`${launcher}/package.json`]: JSON.stringify({ bin: { dynoxide: 'bin/dynoxide' } }),
  });

  const found = findDynoxideCommand(base);

  expect(found).toEqual({ command: [at('node_modules/@dynoxide/linux-x64/dynoxide')], isLocked: true });
});

it.each([
  { bin: { dynoxide: 'bin/dynoxide' }, file: 'bin/dynoxide', content: script },
  { bin: 'cli.js', file: 'cli.js', content: '' },
])(
  'findDynoxideCommand runs the bin file of the npm package dynoxide with Node.js if it is a script: $file',
  async ({ bin, file, content }) => {
    const { base, at } = await folder({
      [`${launcher}/package.json`]: JSON.stringify({ bin }),
      [`${launcher}/${file}`]: content,
    });

    const found = findDynoxideCommand(base);

    expect(found).toEqual({ command: [process.execPath, at(`${launcher}/${file}`)], isLocked: false });
  },
);

it('findDynoxideCommand runs the bin file of the npm package dynoxide directly if it is no Node.js script', async () => {
  const { base, at } = await folder({
    [`${launcher}/package.json`]: JSON.stringify({ bin: { dynoxide: 'dynoxide' } }),
  });
  await cp(process.execPath, at(`${launcher}/dynoxide`));

  const found = findDynoxideCommand(base);

  expect(found).toEqual({ command: [at(`${launcher}/dynoxide`)], isLocked: false });
});

it('findDynoxideCommand throws an error with the install command if no DynamoDB emulator is installed', async () => {
  const { base } = await folder({});

  expect(() => findDynoxideCommand(base)).toThrow(
    expect.objectContaining({
      name: 'MissingEmulatorError',
      message: expect.stringContaining(`${process.platform}-${process.arch}`),
      remedy: 'npm install --no-save dynoxide',
    }),
  );
});
