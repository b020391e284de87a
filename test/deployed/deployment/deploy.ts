import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { account, region } from '../emulator/aws-environment.ts';
import { runSuccessfully } from '../emulator/run-program.ts';
import { stackName, stageName } from './stage-file.ts';

interface Deployment {
  /** The directory of the project's copy. */
  readonly project: string;
  /** The variables of the programs: the address of the emulator, and its credentials. */
  readonly environment: NodeJS.ProcessEnv;
}

const Outputs = z.record(z.literal(stackName), z.record(z.string(), z.string()));

/** Prepares the account for deployments with the CDK. Each AWS account needs this once. */
export async function bootstrap({ project, environment }: Deployment): Promise<void> {
  // An empty app, because the CLI would synthesize the stack only to find accounts in it.
  const args = ['bootstrap', `aws://${account}/${region}`, '--app', '', '--no-notices'];
  const cdk = join(project, 'node_modules/.bin/cdk');
  await runSuccessfully('cdk bootstrap', cdk, args, { cwd: project, env: environment });
}

/** The lines of the CDK CLI that show its progress. */
const progress = /Synthesis time|Deployment time/;

/**
 * Deploys the copy with the command that users run, `npm run deploy`.
 *
 * @returns the outputs of the stack
 */
export async function deploy(
  { project, environment }: Deployment,
  report: (line: string) => void,
): Promise<Record<string, string>> {
  const cdkOptions = ['--require-approval', 'never', '--no-notices', '--outputs-file', outputsFile(project)];
  await runSuccessfully(
    'npm run deploy',
    'npm',
    ['run', 'deploy', '--', '-c', `stage=${stageName}`, ...cdkOptions],
    {
      cwd: project,
      env: environment,
      onLine: (line) => {
        if (progress.test(line)) report(`  ${line.trim()}`);
      },
    },
  );
  const outputs = Outputs.parse(JSON.parse(await readFile(outputsFile(project), 'utf8')));
  return outputs[stackName] ?? {};
}

/** The file that `npm run deploy` writes, and that the commands read with `--outputs`. */
export function outputsFile(project: string): string {
  return join(project, 'outputs.json');
}
