import { createHash } from 'node:crypto';
import { buildLocalArn, localAccountId, localRegion } from '../aws-account.ts';
import { TemplateError } from '../errors.ts';
import { ignoredResourceTypes } from './ignored-resources.ts';
import { createPhysicalResourceName } from './physical-name.ts';

/**
 * How other resources of the CloudFormation template refer to a resource: the values of Ref and Fn::GetAtt, and the
 * physical name.
 */
export interface ResourceReference {
  ref: string;
  /**
   * The physical name of the resource. For a queue and a secret, Ref returns another value: the queue's URL, or the
   * secret's ARN.
   */
  name: string;
  attributes: Readonly<Record<string, string>>;
}

export interface ResourceReferenceOptions {
  stackName: string;
  /**
   * The beginning of queue URLs: the endpoint of the emulator, or of a proxy that a test puts in front of the emulator.
   */
  sqsEndpoint: string;
  /** The suffix of table names. Empty or undefined if no other stack uses the same DynamoDB. */
  tableSuffix?: string;
  /** The last part of stream ARNs. On AWS, this part is the time when the stream was enabled. */
  streamLabel: string;
}

/**
 * Computes the values of CloudFormation's Ref and Fn::GetAtt for a resource, and its physical name. The template alone
 * determines them, so resources can refer to each other in any order.
 */
export function computeResourceReference(
  logicalId: string,
  type: string,
  properties: Record<string, unknown>,
  context: ResourceReferenceOptions,
): ResourceReference {
  const given = (property: string) =>
    typeof properties[property] === 'string' ? properties[property] : undefined;
  switch (type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable': {
      const name = `${given('TableName') ?? createPhysicalResourceName(type, context.stackName, logicalId)}${context.tableSuffix ?? ''}`;
      const tableArn = buildLocalArn('dynamodb', `table/${name}`);
      return {
        ref: name,
        name,
        attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/${context.streamLabel}` },
      };
    }
    case 'AWS::SQS::Queue': {
      const fifo = String(properties.FifoQueue) === 'true';
      const name = given('QueueName') ?? createPhysicalResourceName(type, context.stackName, logicalId, fifo);
      const url = `${context.sqsEndpoint}/${localAccountId}/${name}`;
      return {
        ref: url,
        name,
        attributes: { Arn: buildLocalArn('sqs', name), QueueName: name, QueueUrl: url },
      };
    }
    case 'AWS::S3::Bucket': {
      const name = given('BucketName') ?? createPhysicalResourceName(type, context.stackName, logicalId);
      const domain = `${name}.s3.${localRegion}.amazonaws.com`;
      const attributes = { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain };
      return { ref: name, name, attributes };
    }
    case 'AWS::SecretsManager::Secret': {
      const name = given('Name') ?? createPhysicalResourceName(type, context.stackName, logicalId);
      const secretArn = buildLocalArn('secretsmanager', `secret:${name}-${sixCharacters(name)}`);
      return { ref: secretArn, name, attributes: { Id: secretArn } };
    }
    case 'AWS::Lambda::Function': {
      const name = given('FunctionName') ?? createPhysicalResourceName(type, context.stackName, logicalId);
      return { ref: name, name, attributes: { Arn: buildLocalArn('lambda', `function:${name}`) } };
    }
    case 'AWS::ApiGateway::RestApi':
      return { ref: logicalId, name: logicalId, attributes: { RootResourceId: `${logicalId}/` } };
    case 'AWS::ApiGateway::Resource':
      return { ref: logicalId, name: logicalId, attributes: { ResourceId: logicalId } };
    case 'AWS::EC2::SecurityGroup':
      return { ref: logicalId, name: logicalId, attributes: { GroupId: logicalId } };
    case 'AWS::ApiGateway::Stage':
      return { ref: given('StageName') ?? logicalId, name: logicalId, attributes: {} };
    case 'AWS::ApiGateway::DomainName': {
      const name = given('DomainName') ?? logicalId;
      return { ref: name, name, attributes: { RegionalDomainName: name } };
    }
    case 'AWS::Events::Rule':
      return {
        ref: logicalId,
        name: logicalId,
        attributes: { Arn: buildLocalArn('events', `rule/${logicalId}`) },
      };
    case 'AWS::ApiGateway::Method':
    case 'AWS::ApiGateway::GatewayResponse':
    case 'AWS::Lambda::EventSourceMapping':
    case 'AWS::Scheduler::Schedule':
      return { ref: logicalId, name: logicalId, attributes: {} };
    default:
      return ignoredReference(logicalId, type);
  }
}

function ignoredReference(logicalId: string, type: string): ResourceReference {
  if (!(type in ignoredResourceTypes)) {
    throw new TemplateError(
      `The local stack does not know resource type ${type} (${logicalId}): make it in local/stack/resources, or give a reason to ignore it in local/stack/template/ignored-resources.ts`,
    );
  }
  const service = type.split('::')[1]?.toLowerCase() ?? 'unknown';
  return { ref: logicalId, name: logicalId, attributes: { Arn: buildLocalArn(service, logicalId) } };
}

/**
 * Computes the six characters at the end of a secret's ARN. AWS adds six characters too. So code that expects the ARN
 * to end with the secret's name fails locally as well.
 */
function sixCharacters(name: string): string {
  return createHash('sha256').update(name).digest('base64url').replace(/[-_]/g, 'x').slice(0, 6);
}
