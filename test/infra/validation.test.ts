import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { synthesize } from '../../local/synthesize.ts';
import { liveStage, testStage } from './synthesized.ts';

test.each([testStage, liveStage])(
  "the template of the stage $name meets CloudFormation's schemas",
  async (stage) => {
    // Prepare
    const directory = await mkdtemp(join(tmpdir(), 'synthesized-'));
    try {
      // Act
      await synthesize(stage, directory, { validation: true });
      // Assess
      const report = JSON.parse(await readFile(join(directory, 'validation-report.json'), 'utf8'));
      expect(report.pluginReports).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
);
