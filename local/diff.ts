import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chooseStage } from '../infra/choose-stage.ts';
import { ConfigurationError } from '../shared/platform/errors.ts';
import { runOperatorCommand } from './operations/run-command.ts';

const usage = `Usage: npm run diff -- STAGE [options of "cdk diff"]

Prints what a deployment of STAGE would change. Uses the AWS credentials of the shell.`;

const [stage, ...options] = process.argv.slice(2);
const terminal = { print: console.log, complain: console.error };
const code = await runOperatorCommand(async () => {
  if (stage === undefined || stage.startsWith('-')) throw new ConfigurationError(usage);
  chooseStage(stage);
  return [];
}, terminal);
process.exitCode = code === 0 ? await runCdkDiff() : code;

/** Runs `cdk diff`. npm has put the CDK command line into the PATH. @returns its exit code */
async function runCdkDiff(): Promise<number> {
  const cdk = spawn('cdk', ['diff', '--context', `stage=${stage}`, ...options], {
    stdio: 'inherit',
    env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1' },
  });
  const [exitCode] = await once(cdk, 'exit');
  return typeof exitCode === 'number' ? exitCode : 1;
}
