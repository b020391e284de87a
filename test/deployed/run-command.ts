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
  { deployment: { project, environment } }: DeployedSystem,
  command: string,
  ...args: string[]
): Promise<string> {
  const npmArguments = ['run', '-s', command, '--', ...args, '--outputs', outputsFile(project)];
  const { output } = await runSuccessfully(command, 'npm', npmArguments, { cwd: project, env: environment });
  return output;
}
