import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledgeFindings } from './acknowledge.ts';

/** What Lambda needs to connect a function to a VPC. EC2 does not limit most of these actions to a resource. */
const interfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Allows Lambda to connect a function to a VPC, but does not allow the code of the function to do it. See
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice
 */
export function allowNetworkInterfaces(role: Role, functionArn: string): void {
  role.addToPolicy(new PolicyStatement({ actions: interfaceActions, resources: ['*'] }));
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: interfaceActions,
      resources: ['*'],
      // Only a call by the code of the function has this key.
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    }),
  );
  acknowledgeFindings(
    role,
    'EC2 does not limit the connection of a function to a VPC to a resource. The policy denies these actions to the code of the function, so that only Lambda itself can use them.',
    'AwsSolutions-IAM5[Resource::*]',
  );
}
