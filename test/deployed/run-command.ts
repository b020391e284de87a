import type { DeployedSystem } from './deployed-system.ts';
import { outputsFile } from './deployment/deploy.ts';
import { runSuccessfully } from './emulator/run-program.ts';

/**
 * Runs a command of the project for the deployed stack, as its operators do: with `--outputs`, and with credentials in
 * the environment.
 *
 * @returns what the command printed to standard output
 * @throws Error if the command fails
 */
export async function runCommand(
  deployed: DeployedSystem,
  command: string,
  ...args: string[]
): Promise<string> {
  return runScript(deployed, command, ...args, '--outputs', outputsFile(deployed.deployment.project));
}

/** Runs a script of `package.json` in the deployed copy of the project, like `runCommand`, but with these arguments only. */
export async function runScript(
  { deployment: { project, environment } }: DeployedSystem,
  script: string,
  ...args: string[]
): Promise<string> {
  const npmArguments = ['run', '-s', script, '--', ...args];
  const { output } = await runSuccessfully(script, 'npm', npmArguments, { cwd: project, env: environment });
  return output;
}
