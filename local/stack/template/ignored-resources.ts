/**
 * Resource types that have no local meaning, each with the reason. Any other type that the local stack does
 * not make is an error: silence would hide that a laptop runs something else than what is deployed.
 */
export const ignoredResources: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'lets the gateway write its logs',
  'AWS::ApiGateway::Deployment': 'routes are served as soon as they are read',
  'AWS::ApiGateway::Stage': 'the local path has no stage name',
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
  'AWS::SNS::Subscription': 'alarms have no one to tell locally',
  'AWS::SNS::Topic': 'alarms have no one to tell locally',
  'AWS::SNS::TopicPolicy': 'permissions are not checked locally',
  'AWS::SQS::QueuePolicy': 'permissions are not checked locally',
  'AWS::SecretsManager::ResourcePolicy': 'permissions are not checked locally',
  'Custom::S3AutoDeleteObjects': 'buckets end with the process',
};
