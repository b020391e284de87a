/**
 * The resource types without a local effect, each with the reason. Each other unsupported type is an error. If the
 * local stack ignored it, the local stack could differ from the deployed stack, and nobody would notice.
 */
export const ignoredResourceTypes: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'the local gateway writes no logs',
  'AWS::ApiGateway::BasePathMapping': 'local paths have no base path',
  'AWS::ApiGateway::Deployment': 'the local stack serves all routes at once',
  'AWS::ApiGateway::DomainName': 'the local stack listens on loopback',
  'AWS::ApiGateway::Stage': 'local paths have no stage name',
  'AWS::CDK::Metadata': 'usage statistics of the CDK',
  'AWS::CloudWatch::Alarm': 'metrics are not collected locally',
  'AWS::CloudWatch::CompositeAlarm': 'metrics are not collected locally',
  'AWS::CloudWatch::Dashboard': 'metrics are not collected locally',
  'AWS::IAM::ManagedPolicy': 'permissions are not checked locally',
  'AWS::IAM::Policy': 'permissions are not checked locally',
  'AWS::IAM::Role': 'permissions are not checked locally',
  'AWS::KMS::Alias': 'emulators do not encrypt',
  'AWS::KMS::Key': 'emulators do not encrypt',
  'AWS::Lambda::Permission': 'permissions are not checked locally',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::Logs::MetricFilter': 'metrics are not collected locally',
  'AWS::S3::BucketPolicy': 'permissions are not checked locally',
  'AWS::SNS::Subscription': 'alarms notify nobody locally',
  'AWS::SNS::Topic': 'alarms notify nobody locally',
  'AWS::SNS::TopicPolicy': 'permissions are not checked locally',
  'AWS::SQS::QueuePolicy': 'permissions are not checked locally',
  'AWS::SecretsManager::ResourcePolicy': 'permissions are not checked locally',
  'AWS::WAFv2::WebACL': 'the local stack has no rate limits',
  'AWS::WAFv2::WebACLAssociation': 'the local stack has no rate limits',
  'Custom::S3AutoDeleteObjects': 'buckets end with the process',
};
