import * as z from 'zod';

/** The settings of a stage for its HTTPS endpoint. */
export const EdgeSettings = z.strictObject({
  /**
   * The role with which API Gateway writes access logs. An AWS account has one such role for all its APIs in a region:
   *
   * - `exists`: the account has the role already.
   * - `create`: this stack creates the role and sets it for the account. The role stays if the stack is deleted.
   *
   * A stage that is not live may omit the setting. It then has no access logs.
   */
  cloudWatchRole: z.enum(['exists', 'create']).optional(),
  /**
   * The domain of the webhook URLs. Without it, the loss of the API breaks the callback URLs of all open cases, because
   * a new API has another URL. With it, the API's default URL is disabled.
   */
  domain: z
    .strictObject({
      name: z.hostname(),
      /** The certificate in AWS Certificate Manager, in the region of the stage. */
      certificateArn: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
          'is not the ARN of a certificate in ACM',
        ),
    })
    .optional(),
  /** A web application firewall (WAF) with one rule: it refuses an address that sends more requests than this. */
  webAcl: z.strictObject({ requestsPerFiveMinutes: z.number().int().min(10).max(2_000_000_000) }).optional(),
  /**
   * True if X-Ray also traces the API. X-Ray stores complete URLs, and a signed URL is a credential. So the default is
   * true only if no provider of the stage takes signed URLs. The functions are always traced, without URLs.
   */
  traceApi: z.boolean().optional(),
});
export type EdgeSettings = z.infer<typeof EdgeSettings>;

/** Explains what is missing in a live stage. @returns null if nothing is missing */
export function explainMissingAccessLogs({ cloudWatchRole }: EdgeSettings): string | null {
  if (cloudWatchRole !== undefined) return null;
  return 'edge.cloudWatchRole of a live stage must be set, because API Gateway writes access logs only with a role of the account: set "exists" if "aws apigateway get-account" shows a cloudwatchRoleArn in this region, otherwise "create"';
}

/** Explains that API Gateway could not use the domain's certificate. @returns null if it can */
export function explainUnfitCertificate(
  { domain }: EdgeSettings,
  { account, region }: { readonly account: string | undefined; readonly region: string | undefined },
): string | null {
  const [, , , ofCertificate, owner] = domain?.certificateArn.split(':') ?? [];
  if (ofCertificate === undefined) return null;
  if (region !== undefined && ofCertificate !== region)
    return `edge.domain.certificateArn is in ${ofCertificate}, but a regional API in ${region} needs a certificate of its own region`;
  if (account !== undefined && owner !== account)
    return `edge.domain.certificateArn belongs to the account ${owner}, but an API in the account ${account} needs a certificate of its own account`;
  return null;
}
