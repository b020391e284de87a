import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { StartedProviders } from '../../../local/providers/start-providers.ts';
import { credentials, region } from '../emulator/aws-environment.ts';
import { stackName } from './stage-file.ts';

/** Fills the secrets that the stack has created with the credentials of the simulators. */
export async function fillSecrets(endpoint: string, providers: StartedProviders): Promise<void> {
  const client = new SecretsManagerClient({ endpoint, region, credentials });
  const put = (name: string, value: object) =>
    client.send(
      new PutSecretValueCommand({ SecretId: `${stackName}/${name}`, SecretString: JSON.stringify(value) }),
    );
  try {
    for (const [name, { webhookSecret, apiSecret }] of Object.entries(providers)) {
      await put(`${name}/webhook`, webhookSecret);
      await put(`${name}/api`, apiSecret);
    }
  } finally {
    client.destroy();
  }
}
