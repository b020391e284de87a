import { Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from '../acknowledge.ts';
import type { EdgeSettings } from '../stage/edge.ts';

/** Puts a web ACL in front of the API. Its rule refuses an address that sends too many requests. */
export function addWebAcl(
  scope: Construct,
  api: RestApi,
  { requestsPerFiveMinutes }: NonNullable<EdgeSettings['webAcl']>,
): void {
  const visibility = (name: string): CfnWebACL.VisibilityConfigProperty => ({
    metricName: `${Stack.of(scope).stackName}-${name}`,
    cloudWatchMetricsEnabled: true,
    // Samples show the paths and headers of requests: signed URLs and credentials.
    sampledRequestsEnabled: false,
  });
  const webAcl = new CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('webhooks'),
    rules: [
      {
        name: 'rate-of-an-address',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: {
            limit: requestsPerFiveMinutes,
            evaluationWindowSec: 300,
            aggregateKeyType: 'IP',
          },
        },
        visibilityConfig: visibility('rate-of-an-address'),
      },
    ],
  });
  acknowledgeFindings(
    webAcl,
    'The access log of the API has each request that the firewall refuses, with its address and reason. Logs of the firewall would contain complete URLs and headers, that is, signed URLs and credentials.',
    'NIST.800.53.R5-WAFv2LoggingEnabled',
    'PCI.DSS.321-WAFv2LoggingEnabled',
  );
  new CfnWebACLAssociation(scope, 'WebAclAssociation', {
    resourceArn: api.deploymentStage.stageArn,
    webAclArn: webAcl.attrArn,
  });
}
