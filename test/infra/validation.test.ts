import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesizeStage } from '../../local/synthesize.ts';
import { liveStage, testStage } from './synthesized.ts';

describe.each([testStage, liveStage])('the stage $name synthesizes a valid template', (stage) => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'synthesized-'));
    await synthesizeStage(stage, directory, { validation: true });
  });
  afterAll(() => rm(directory, { recursive: true }));

  test(`the template of the stage ${stage.name} matches CloudFormation's schemas`, async () => {
    const report = JSON.parse(await readFile(join(directory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  test(`the template of the stage ${stage.name} does not set PAUSE_FACTOR, which shortens the pauses of functions in tests`, async () => {
    const template = await readFile(join(directory, `idv-webhooks-${stage.name}.template.json`), 'utf8');
    expect(template).toContain('RETENTION_DAYS');
    expect(template).not.toContain('PAUSE_FACTOR');
  });
});
