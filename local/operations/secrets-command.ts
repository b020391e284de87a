import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { chooseStage } from '../../infra/choose-stage.ts';
import { buildSecretName } from '../../infra/secret-name.ts';
import { buildStackName } from '../../infra/stack-name.ts';
import type { ProviderInStage } from '../../infra/stage.ts';
import { checkSecret, type SecretReport } from '../../shared/operations/stack/check-secret.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { SecretDescription } from '../../shared/providers/provider-stage.ts';
import { parseCommandArguments } from '../parse-options.ts';
import { runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run -s secrets -- STAGE

Lists the secrets of a deployed stage, and says which are empty or malformed. Prints no part of a secret. Uses the AWS
credentials of the shell. The exit code is 1 if a secret is not complete.

  --help  print this text`;

const options = { help: { type: 'boolean', short: 'h', default: false } } as const;

/** Runs `npm run secrets`. @returns the exit code */
export async function runSecretsCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let incomplete = 0;
  const code = await runOperatorCommand(async () => {
    const { values, positionals } = parseCommandArguments(args, options, usage);
    const [name, ...rest] = positionals;
    if (values.help) return [usage];
    if (name === undefined || rest.length > 0) throw new ConfigurationError(usage);
    const { region, providers } = chooseStage(name);
    const client = new SecretsManagerClient(region === undefined ? {} : { region });
    const lines: string[] = [];
    for (const { id, description } of providers.flatMap((provider) => listSecrets(name, provider))) {
      const report = checkSecret(await readSecret(client, id), description);
      if (report.kind !== 'complete') incomplete += 1;
      lines.push(`${report.kind.padEnd(9)}  ${id}${explain(report, description)}`);
    }
    client.destroy();
    return lines;
  }, terminal);
  return code === 0 && incomplete > 0 ? 1 : code;
}

function explain(report: SecretReport, { empty }: SecretDescription): string {
  switch (report.kind) {
    case 'complete':
      return '';
    case 'empty':
      return `  its shape: ${JSON.stringify(empty)}`;
    case 'malformed':
      return `  ${report.problems}`;
  }
}

interface StageSecret {
  readonly id: string;
  readonly description: SecretDescription;
}

function listSecrets(stageName: string, { name, stage }: ProviderInStage): StageSecret[] {
  const stackName = buildStackName(stageName);
  return [
    { id: buildSecretName(stackName, name, 'webhook'), description: stage.webhookSecret },
    { id: buildSecretName(stackName, name, 'api'), description: stage.apiSecret },
  ];
}

/** @returns undefined if the secret has no value, or does not exist */
async function readSecret(client: SecretsManagerClient, id: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw new ConfigurationError(`${id} cannot be read: ${error instanceof Error ? error.name : 'Error'}`, {
      cause: error,
    });
  }
}
