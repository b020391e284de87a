import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const require = createRequire(import.meta.url);

const report = z.object({
  run: z.object({
    executions: z.array(
      z.object({
        item: z.object({ name: z.string() }),
        response: z.object({
          code: z.number(),
          header: z.array(z.object({ key: z.string(), value: z.string() })),
          stream: z.object({ data: z.array(z.number()) }).transform(({ data }) => Buffer.from(data)),
        }),
      }),
    ),
    failures: z.array(z.unknown()),
  }),
});
export type NewmanRun = z.infer<typeof report>['run'];

/** Runs a Postman collection with newman, in a process of its own. `files` are the files that its requests upload. */
export async function runNewman(
  collection: object,
  variables: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<NewmanRun> {
  const folder = await mkdtemp(join(tmpdir(), 'newman-'));
  try {
    await writeFile(join(folder, 'collection.json'), JSON.stringify(collection));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const newman = join(dirname(require.resolve('newman/package.json')), 'bin/newman.js');
    const args = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
    const reporter = ['--reporters', 'json', '--reporter-json-export', 'report.json'];
    await promisify(execFile)(
      process.execPath,
      // A script of the collection that fails is a failure in the report, not of the process.
      [
        newman,
        'run',
        'collection.json',
        ...args,
        ...reporter,
        '--working-dir',
        folder,
        '--suppress-exit-code',
      ],
      { cwd: folder },
    );
    return report.parse(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).run;
  } finally {
    await rm(folder, { recursive: true });
  }
}
