import { type AwsServiceEndpoints, localRegion } from '../aws-account.ts';
import type { FunctionSettings } from './function-settings.ts';

/**
 * Builds the environment of a function: the variables from the template, the variables that Lambda sets, and the
 * endpoints of the emulators for the SDK. The environment contains no variables of the host.
 */
export function buildFunctionEnvironmentVariables(
  settings: FunctionSettings,
  endpoints: AwsServiceEndpoints,
): Record<string, string> {
  return {
    ...settings.variables,
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: settings.taskRoot,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: settings.handler,
    // Each function has its own access key, because each function has its own role on AWS.
    AWS_ACCESS_KEY_ID: `local-${settings.name}`,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsmanager,
    // Without AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, the AWS SDK would read the developer's files in ~/.aws.
    // Lambda has no such files.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
