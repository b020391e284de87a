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

test("the bundle of the canary writes a good check of IDnow's simulator as a metric of its stage", async () => {
  // Prepare
  const simulator = await startIdnowSimulator({ accounts: [] });
  // The package.json of this project would make the bundle an ES module. On AWS, no package.json is beside it.
  const directory = await mkdtemp(join(tmpdir(), 'canary-'));
  const bundle = join(directory, 'index.cjs');
  await cp(join(getBundleDirectory('check-idnow-system'), 'index.js'), bundle);
  const run = `require(${JSON.stringify(bundle)}).handler()`;
  // Act
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', run], {
    env: { IDNOW_API_URL: simulator.url, STAGE: 'live' },
  });
  await simulator.stop();
  await rm(directory, { recursive: true });
  // Assess
  expect(JSON.parse(stdout)).toMatchObject({ stage: 'live', provider: 'idnow', SystemChecksFailed: 0 });
});
