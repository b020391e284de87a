import { IdvError } from '../../platform/errors.ts';

/** Checks whether a client of AWS has thrown an error: an answer of AWS, or no answer. */
export function isErrorOfAws(error: unknown): error is Error {
  return error instanceof Error && ('$metadata' in error || credentialErrors.test(error.name));
}

/** Checks whether AWS does not accept the credentials of the shell, or they lack a right. */
export function isRefusedByAws(error: unknown): boolean {
  return isErrorOfAws(error) && (credentialErrors.test(error.name) || rightErrors.test(error.name));
}

/** The names of errors about credentials that are absent, wrong or expired. */
const credentialErrors =
  /^(CredentialsProviderError|TokenProviderError|Expired|Unrecognized|InvalidClientToken|InvalidAccessKey|InvalidSignature|SignatureDoesNotMatch)/;
/** The names of errors about a right that is missing. S3 and DynamoDB use different ones. */
const rightErrors = /^(AccessDenied|AuthorizationError|NotAuthorized|UnauthorizedOperation|KMSAccessDenied)/;

/**
 * Explains an error to an operator, without personal data: messages of other errors than ours and those of AWS may quote the
 * body of a delivery, so only their class and the place in the code are shown.
 */
export function explainError(error: unknown): string {
  if (error instanceof IdvError) return error.message;
  if (isErrorOfAws(error)) return explainErrorOfAws(error);
  if (!(error instanceof Error)) return 'An unexpected error occurred';
  const places = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return [`An unexpected error occurred: ${error.name}`, ...places].join('\n');
}

function explainErrorOfAws(error: Error): string {
  const { name, message } = error;
  if (credentialErrors.test(name)) return `${message} (${name}). Check the AWS credentials of the shell`;
  if (rightErrors.test(name))
    return `AWS answers ${name}: ${message}. The command needs a right that your credentials lack: see "Rights of operators" in README.md`;
  const { code } = error as { readonly code?: unknown };
  // An error of the network has no name of its own.
  if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return `The stack does not answer: ${code}`;
  return `AWS answers ${name}: ${message}`;
}
