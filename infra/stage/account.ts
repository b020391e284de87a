import * as z from 'zod';

/**
 * Where a stage is deployed. A live stage must set both, so nobody deploys it with the credentials of another account.
 * The CDK command line refuses to deploy if the credentials of the shell belong to another account.
 */
export const AccountSettings = {
  /** The id of the AWS account: 12 digits, as text. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'is not the 12 digits of an AWS account')
    .optional(),
  /** The AWS region, such as `eu-central-1`. */
  region: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)+-\d+$/, 'is not an AWS region such as eu-central-1')
    .optional(),
} as const;

type Account = { readonly [Setting in keyof typeof AccountSettings]?: string | undefined };

/** Explains what is missing in a live stage. @returns null if nothing is missing */
export function explainMissingAccount({ account, region }: Account): string | null {
  const missing = [
    ...(account === undefined ? ['account'] : []),
    ...(region === undefined ? ['region'] : []),
  ];
  if (missing.length === 0) return null;
  return `a live stage must set ${missing.join(' and ')}, so that nobody deploys it to another account or region`;
}

/**
 * Explains that the shell has the credentials of another account.
 *
 * @param shell what the CDK command line found out about the credentials. Undefined if there are none
 * @returns null if the account is the stage's, or is not known
 */
export function explainWrongAccount(stage: Account, shell: string | undefined): string | null {
  if (stage.account === undefined || shell === undefined || shell === stage.account) return null;
  return `account ${stage.account} is set, but the credentials of this shell belong to the account ${shell}`;
}
