export const region = 'eu-west-1';
export const account = '000000000000';
/** MiniStack takes these for the account's root user. They are worth nothing at AWS. */
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Returns the variables of this process, without everything that could lead to a real AWS account: a profile, a role, an
 * endpoint. They contain the emulator's credentials instead.
 */
export function awsEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/i.test(name));
  return {
    ...Object.fromEntries(others),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
  };
}

/** Like `awsEnvironment`, for programs that call the emulator. */
export function emulatorEnvironment({ url, certificateFile }: { url: string; certificateFile: string }) {
  return {
    ...awsEnvironment(),
    AWS_ENDPOINT_URL: url,
    // The CDK CLI reads the first variable, the commands in `local/` the second.
    AWS_CA_BUNDLE: certificateFile,
    NODE_EXTRA_CA_CERTS: certificateFile,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
  };
}
