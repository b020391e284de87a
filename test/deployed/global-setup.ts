import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalProviders } from '../../local/providers/start-providers.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { projectCopy } from '../support/project-copy.ts';
import { bootstrap, deploy } from './deployment/deploy.ts';
import { fillSecrets } from './deployment/fill-secrets.ts';
import { writeStageFile } from './deployment/stage-file.ts';
import { emulatorEnvironment } from './emulator/aws-environment.ts';
import { installEmulator, RequirementError } from './emulator/install-emulator.ts';
import { startEmulator } from './emulator/start-emulator.ts';
import { report } from './report.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    deployment: DeploymentDescription;
  }
}

/** What the tests need to know of the deployment. Vitest passes it to their processes as JSON. */
export interface DeploymentDescription {
  /** The URL of the emulator. */
  readonly endpoint: string;
  readonly certificateFile: string;
  /** The Python of the environment that has the emulator and the AWS command line. */
  readonly python: string;
  readonly outputs: Record<string, string>;
  /** The copy of the project that is deployed. Commands run there, and a test deploys a change from there. */
  readonly project: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly providers: Record<string, { readonly config: object; readonly simulatorUrl: string }>;
}

/**
 * Deploys the system once, before all tests: a copy of the project, whose stage names the simulators, to the emulator.
 *
 * @returns a function that stops everything that was started
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cleanup = new CleanupList();
  try {
    project.provide('deployment', await start(cleanup));
  } catch (error) {
    await cleanup.run();
    throw error;
  }
  report('deployed; the tests begin');
  return async () => {
    await cleanup.run();
    report('everything is stopped');
  };
}

async function start(cleanup: CleanupList): Promise<DeploymentDescription> {
  const python = await installEmulator(report).catch(endWithReason);

  report('starting MiniStack and the simulators of the providers');
  const directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-deployed-'));
  cleanup.add(() => rm(directory, { recursive: true, force: true }));
  removeAtExit(directory);
  const emulator = await startEmulator(python, directory);
  cleanup.add(emulator.stop);
  const providers = await startLocalProviders({});
  for (const { simulator } of Object.values(providers)) cleanup.add(async () => simulator?.stop());

  const copy = await projectCopy();
  cleanup.add(copy.remove);
  removeAtExit(copy.directory);
  await writeStageFile(copy.directory, providers);
  const deployment = { project: copy.directory, environment: emulatorEnvironment(emulator) };
  report('cdk bootstrap');
  await bootstrap(deployment);
  report('npm run deploy');
  const outputs = await deploy(deployment, report);
  await fillSecrets(emulator.url, providers);

  return {
    ...deployment,
    endpoint: emulator.url,
    certificateFile: emulator.certificateFile,
    python,
    outputs,
    providers: Object.fromEntries(
      Object.entries(providers).map(([name, { config, simulator }]) => [
        name,
        { config, simulatorUrl: simulator?.url ?? '' },
      ]),
    ),
  };
}

/** Removes a directory even if Ctrl-C ends the tests, because Vitest then runs no teardown. The emulator ends by itself. */
function removeAtExit(directory: string): void {
  process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
}

/** Ends the process with the reason only, if this machine lacks a requirement. Vitest would print more than the reason. */
function endWithReason(error: unknown): never {
  if (!(error instanceof RequirementError)) throw error;
  console.error(error.message);
  process.exit(1);
}
