import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { SecretsManagerEmulator } from '../emulators/secrets-manager-emulator.ts';
import { LocalStackError } from '../errors.ts';
import { cloudFormationNumberSchema, parseResourceProperties } from '../template/cfn-values.ts';
import type { ResolvedResource } from '../template/stack-template.ts';

const secretProperties = z.object({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .object({
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
      PasswordLength: cloudFormationNumberSchema.default(32),
    })
    .optional(),
});

/**
 * Creates the secrets of the CloudFormation template.
 * @param values the values by the secret's name; a secret without an entry gets the value that the template describes
 */
export function createSecretsFromTemplate(
  secretsManager: SecretsManagerEmulator,
  secrets: ResolvedResource[],
  values: Record<string, unknown>,
): void {
  const names = secrets.map(({ reference }) => reference.name);
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new LocalStackError(`No secret ${unknown.join(', ')} in the template; it has: ${names.join(', ')}`);
  }
  for (const secret of secrets) {
    const { name, ref } = secret.reference;
    const given = values[name];
    const value = given === undefined ? templateValue(secret) : asSecretString(given);
    secretsManager.createSecret(name, ref, value);
  }
}

function asSecretString(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Returns the value that the CloudFormation template describes for a secret. Undefined if the template describes no
 * value: AWS allows a secret without a value.
 */
function templateValue(secret: ResolvedResource): string | undefined {
  const { SecretString, GenerateSecretString } = parseResourceProperties(secretProperties, secret);
  if (SecretString !== undefined) return SecretString;
  if (GenerateSecretString === undefined) return undefined;
  const { SecretStringTemplate, GenerateStringKey, PasswordLength } = GenerateSecretString;
  const generated = randomBytes(PasswordLength).toString('base64url').slice(0, PasswordLength);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return generated;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(SecretStringTemplate));
  return JSON.stringify({ ...template, [GenerateStringKey]: generated });
}
