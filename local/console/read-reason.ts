import { ConfigurationError } from '../../shared/platform/errors.ts';

const maxLength = 200;

/** Reads why an operator does something. @throws ConfigurationError if the form does not say why */
export function readReason(form: URLSearchParams): string {
  const reason = form.get('reason')?.trim() ?? '';
  if (reason !== '' && reason.length <= maxLength) return reason;
  throw new ConfigurationError(
    `Say why, in ${maxLength} characters at most: the audit keeps it. Nothing was done`,
  );
}
