import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StageInput } from '../../infra/stage.ts';
import { synthesizeStage } from '../../local/synthesize.ts';
import { liveStage, testStage } from './synthesized.ts';

/** A live stage with every optional setting. */
const fullStage: StageInput = {
  ...liveStage,
  name: 'full',
  edge: {
    cloudWatchRole: 'create',
    domain: {
      name: 'webhooks.bank.example',
      certificateArn:
        'arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    },
    webAcl: { requestsPerFiveMinutes: 3000 },
    traceApi: true,
  },
  webhookLimits: { idnow: { requestsPerSecond: 20, burst: 40, concurrency: 5 } },
  warmThroughput: {
    verifications: { writeUnitsPerSecond: 20_000 },
    history: { writeUnitsPerSecond: 20_000 },
  },
};

// The stage with the most resource types is first, because the CDK then compiles the rules about them once.
describe.each([fullStage, liveStage, testStage])('the stage $name synthesizes a valid template', (stage) => {
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
