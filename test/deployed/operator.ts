import { AwsClient } from 'aws4fetch';
import { readDocumentedPolicyText } from '../support/documented-policy.ts';
import type { DeployedSystem } from './deployed-system.ts';
import { stackName } from './deployment/stage-file.ts';
import { credentials, region } from './emulator/aws-environment.ts';

interface Policy {
  readonly Statement: readonly { readonly Sid: string }[];
}

type PolicyName =
  | 'secrets'
  | 'cases'
  | 'reconcile'
  | 'republish'
  | 'new-generations'
  | 'idv-read'
  | 'idv-write';

/**
 * Creates an IAM user who has only the rights of a policy in `docs/operators`, or of several.
 *
 * @param without the `Sid` of a statement that the user does not have
 * @returns the deployed system, with the credentials of this user in the environment of commands
 */
export async function actAs(
  deployed: DeployedSystem,
  policies: PolicyName | readonly PolicyName[],
  without?: string,
): Promise<DeployedSystem> {
  const { deployment, system } = deployed;
  const outputs = { ...system.stack.outputs, StackName: stackName };
  const names = [policies].flat();
  const documents = await Promise.all(
    names.map(
      async (name): Promise<Policy> =>
        JSON.parse(await readDocumentedPolicyText(`operators/${name}-policy`, outputs)),
    ),
  );
  const statements = documents.flatMap(({ Statement }) => Statement);
  const granted = statements.filter(({ Sid }) => Sid !== without);
  if (without !== undefined && granted.length === statements.length)
    throw new Error(`${names.join(', ')}: no statement ${without}`);
  const PolicyName = names.join('-and-');
  const UserName = `${PolicyName}-${without ?? 'complete'}`;
  const ask = createIamClient(deployment.endpoint);
  await ask('CreateUser', { UserName });
  await ask('PutUserPolicy', {
    UserName,
    PolicyName,
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: granted }),
  });
  const answer = await ask('CreateAccessKey', { UserName });
  const read = (element: string) => new RegExp(`<${element}>(.+)</${element}>`).exec(answer)?.[1];
  const environment = {
    ...deployment.environment,
    AWS_ACCESS_KEY_ID: read('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: read('SecretAccessKey'),
  };
  return { ...deployed, deployment: { ...deployment, environment } };
}

function createIamClient(endpoint: string) {
  const client = new AwsClient({ ...credentials, region, service: 'iam' });
  return async (Action: string, parameters: Readonly<Record<string, string>>): Promise<string> => {
    const body = new URLSearchParams({ Action, Version: '2010-05-08', ...parameters }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await client.fetch(endpoint, { method: 'POST', headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`IAM refuses ${Action}: ${text}`);
    return text;
  };
}
