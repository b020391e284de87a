import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { getBundleDirectory } from '../../infra/bundle.ts';
import { pictureStage } from '../../local/monitoring-docs/picture-stage.ts';
import { startIdnowSimulator } from '../../local/simulators/idnow/start-idnow-simulator.ts';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate } from '../../local/stack/template/stack-template.ts';
import { synthesizeStage } from '../../local/synthesize.ts';

test('the local stack reads the template of a stage with all settings of monitoring', async () => {
  // Prepare
  const directory = await mkdtemp(join(tmpdir(), 'monitored-stage-'));
  const assembly = await readCloudAssembly(
    await synthesizeStage(pictureStage, directory, { copiesBundles: false }),
  );
  await rm(directory, { recursive: true });
  // Act
  const context = { stackName: assembly.stackName, sqsEndpoint: 'http://sqs', streamLabel: 'label' };
  const names = resolveTemplate(assembly, context)
    .resources('AWS::Lambda::Function')
    .map(({ reference }) => reference.name);
  // Assess
  expect(names).toContain('idv-webhooks-live-check-idnow-system');
});

test('the bundle of the canary asks each gateway of its stage, and counts those that fail as a metric', async () => {
  // Prepare
  const simulator = await startIdnowSimulator({ accounts: [] });
  // The package.json of this project would make the bundle an ES module. On AWS, no package.json is beside it.
  const directory = await mkdtemp(join(tmpdir(), 'canary-'));
  const bundle = join(directory, 'index.cjs');
  await cp(join(getBundleDirectory('check-idnow-system'), 'index.js'), bundle);
  const run = `require(${JSON.stringify(bundle)}).handler()`;
  // Act
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', run], {
    env: {
      IDNOW_API_URL: simulator.url,
      IDNOW_GATEWAYS: JSON.stringify([{ apiUrl: 'http://127.0.0.1:9', companyIds: ['bank-ch'] }]),
      STAGE: 'live',
    },
  });
  await simulator.stop();
  await rm(directory, { recursive: true });
  // Assess
  const [warning, metrics] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(warning).toMatchObject({ level: 'WARN', gateway: '127.0.0.1:9' });
  expect(metrics).toMatchObject({ stage: 'live', provider: 'idnow', SystemChecksFailed: 1 });
});
