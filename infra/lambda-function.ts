import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { getBundleDirectory } from './bundle.ts';
import { checkEnvironmentSize } from './environment-size.ts';

interface NodeFunctionProps {
  /** The name of the function and of its bundle. */
  readonly name: string;
  readonly description: string;
  readonly timeout: Duration;
  /** The memory in MB. Lambda gives a function more CPU if it has more memory. */
  readonly memorySize: number;
  readonly environment: Record<string, string>;
  /** The number of instances that the function always has, and never exceeds. Undefined: no reserved concurrency. */
  readonly reservedConcurrency?: number | undefined;
}

/** A Lambda function with one bundle, Node 24 on arm64 and its own log group. */
export class NodeFunction extends LambdaFunction {
  /** The name of the function without the name of the stack, such as `receive-idnow`. */
  readonly shortName: string;

  constructor(scope: Construct, id: string, { name, reservedConcurrency, ...props }: NodeFunctionProps) {
    checkEnvironmentSize(name, Stack.of(scope).resolve(props.environment));
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      ...props,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      tracing: Tracing.ACTIVE,
      functionName: `${Stack.of(scope).stackName}-${name}`,
      code: Code.fromAsset(getBundleDirectory(name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      logGroup,
      // Use a role of our own, because CDK's default role may write to all log groups of the account.
      role: new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    });
    this.shortName = name;
    logGroup.grantWrite(this);
  }
}
