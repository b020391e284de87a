/** The base class of the local stack's errors. The message explains what to change. */
export class LocalStackError extends Error {
  override name = 'LocalStackError';
}

/** The CloudFormation template is inconsistent, or contains something that the local stack does not support. */
export class TemplateError extends LocalStackError {
  override name = 'TemplateError';
}

/** An emulator did not start or does not answer. */
export class EmulatorError extends LocalStackError {
  override name = 'EmulatorError';
}

/** No DynamoDB emulator is installed. */
export class MissingEmulatorError extends EmulatorError {
  override name = 'MissingEmulatorError';
  readonly platform: string;
  /** The command that installs an emulator. The README has the same line. */
  readonly remedy: string;

  constructor() {
    const platform = `${process.platform}-${process.arch}`;
    const remedy = 'npm install --no-save dynoxide';
    super(`No DynamoDB emulator for ${platform} is installed. Install it with: ${remedy}`);
    this.platform = platform;
    this.remedy = remedy;
  }
}
