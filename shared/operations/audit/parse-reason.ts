import { ConfigurationError } from '../../platform/errors.ts';

const maxLength = 200;

/**
 * Parses why an operator does something. An empty reason would make the audit worthless, and a row of the audit is small.
 *
 * @throws ConfigurationError if the text says nothing, or is too long
 */
export function parseReason(text: string | null | undefined): string {
  const reason = text?.trim() ?? '';
  if (reason !== '' && reason.length <= maxLength) return reason;
  throw new ConfigurationError(
    `Say why, in ${maxLength} characters at most: the audit keeps it. Nothing was done`,
  );
}
