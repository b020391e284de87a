import { ArnFormat, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';
import { getBundleDirectory } from './bundle.ts';
import { checkEnvironmentSize } from './environment-size.ts';
import type { Foundation } from './foundation.ts';
import { allowNetworkInterfaces } from './network-interfaces.ts';

interface NodeFunctionProps {
  /** The name of the function and of its bundle. */
  readonly name: string;
  readonly description: string;
  readonly timeout: Duration;
  /** The memory in MB. Lambda gives a function more CPU if it has more memory. */
  readonly memorySize: number;
  readonly environment: Record<string, string>;
  readonly foundation: Foundation;
  /** The number of instances that the function always has, and never exceeds. Undefined: no reserved concurrency. */
  readonly reservedConcurrency?: number | undefined;
}

/** A Lambda function with one bundle, Node 24 on arm64 and its own log group. */
export class NodeFunction extends LambdaFunction {
  /** The name of the function without the name of the stack, such as `receive-idnow`. */
  readonly shortName: string;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const { name, foundation, reservedConcurrency, ...settings } = props;
    const { key, logDays, network } = foundation;
    checkEnvironmentSize(name, Stack.of(scope).resolve(settings.environment));
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const functionName = `${Stack.of(scope).stackName}-${name}`;
    // Use a role of our own, because CDK's default role may write to all log groups of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    super(scope, id, {
      ...settings,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      tracing: Tracing.ACTIVE,
      functionName,
      code: Code.fromAsset(getBundleDirectory(name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      logGroup,
      role,
      ...(network === null ? {} : { vpc: network.vpc, securityGroups: [network.securityGroup] }),
    });
    this.shortName = name;
    logGroup.grantWrite(this);
    if (logDays < 365) acknowledgeShortLogs(logGroup, logDays);
    acknowledgeRole(role);
    acknowledgeFunction(this);
    if (reservedConcurrency === undefined) acknowledgeConcurrency(this);
    if (network === null) acknowledgeMissingNetwork(this);
    else
      allowNetworkInterfaces(
        role,
        Stack.of(this).formatArn({
          service: 'lambda',
          resource: 'function',
          resourceName: functionName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      );
  }
}

function acknowledgeShortLogs(logGroup: LogGroup, days: number): void {
  acknowledgeFindings(
    logGroup,
    `Logs name cases by their ids, and this stage keeps cases for less than a year. So it keeps logs for ${days} days.`,
    'CT.CLOUDWATCH.PR.2',
  );
}

function acknowledgeRole(role: Role): void {
  acknowledgeFindings(
    role,
    'The policy belongs to the one role of this one function, and is deleted with it. A managed policy could be attached to other roles.',
    'NIST.800.53.R5-IAMNoInlinePolicy',
    'PCI.DSS.321-IAMNoInlinePolicy',
  );
  acknowledgeFindings(
    role,
    'AWS X-Ray knows no resources for the two actions that send a trace. They can read nothing.',
    'AwsSolutions-IAM5[Resource::*]',
  );
}

function acknowledgeFunction(fn: NodeFunction): void {
  acknowledgeFindings(
    fn,
    'A dead-letter queue of a function gets asynchronous invocations only. API Gateway and event sources invoke synchronously, and a schedule repeats its run after minutes.',
    'NIST.800.53.R5-LambdaDLQ',
    'Serverless-LambdaDLQ',
  );
}

function acknowledgeConcurrency(fn: NodeFunction): void {
  acknowledgeFindings(
    fn,
    'Event sources limit the concurrency of fetchers, shards limit the stream, and a schedule runs one instance. A receiver of a test stage reserves nothing, because a new account has only ten instances.',
    'NIST.800.53.R5-LambdaConcurrency',
  );
}

function acknowledgeMissingNetwork(fn: NodeFunction): void {
  acknowledgeFindings(
    fn,
    'The function calls only APIs of AWS and of its provider over TLS, and nothing calls it through a network. The setting `network` of a stage puts functions into a VPC.',
    'NIST.800.53.R5-LambdaInsideVPC',
    'PCI.DSS.321-LambdaInsideVPC',
    'CT.LAMBDA.PR.3',
  );
}
