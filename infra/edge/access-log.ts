import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat, CfnAccount, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from '../acknowledge.ts';

/**
 * One line of JSON for each request, so refused requests can be counted by address and reason. `resource` is the path as
 * the route declares it, `/webhooks/id360/{reference}/{signature}`: a signed URL is a credential, so its reference and
 * its signature are not logged. For the same reason, there is no query string, and no text of API Gateway's error,
 * because this text repeats the path.
 */
export const buildAccessLogFormat = (stage: string): AccessLogFormat =>
  AccessLogFormat.custom(
    JSON.stringify({
      // The dimension of the metrics that count refusals.
      stage,
      requestId: AccessLogField.contextRequestId(),
      time: AccessLogField.contextRequestTime(),
      sourceIp: AccessLogField.contextIdentitySourceIp(),
      method: AccessLogField.contextHttpMethod(),
      resource: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      // The reason of API Gateway's own refusals: ACCESS_DENIED, THROTTLED, WAF_FILTERED … It is `-` for an answer of a
      // receiver. The receiver's log line of a refusal has its reason, and the same `requestId` and `sourceIp`.
      reason: AccessLogField.contextErrorResponseType(),
      receiverStatus: AccessLogField.contextIntegrationStatus(),
      responseMs: AccessLogField.contextResponseLatency(),
      tlsVersion: '$context.tlsVersion',
    }),
  );

/** Creates the role with which API Gateway writes logs, and sets it for all APIs of the account in this region. */
export function addCloudWatchRole(scope: Construct, api: RestApi): void {
  const role = new Role(scope, 'CloudWatchRole', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
    ],
  });
  acknowledgeFindings(
    role,
    'All APIs of the account in this region write their logs with this role, so API Gateway requires the rights of this policy of AWS. Only API Gateway can assume the role.',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
  );
  // Other APIs of the account use the role, too, so it outlives this stack.
  role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  const account = new CfnAccount(scope, 'Account', { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  // API Gateway refuses a stage with access logs as long as the account has no role.
  api.deploymentStage.node.addDependency(account);
}
