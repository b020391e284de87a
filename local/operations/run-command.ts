import { ConfigurationError } from '../../shared/platform/errors.ts';

export interface Terminal {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/**
 * Runs a command, and prints its errors about arguments and connections.
 *
 * @param run returns the lines to print
 * @returns the exit code: 0, or 2 if the arguments or the local stack cannot be used
 */
export async function runOperatorCommand(
  run: () => Promise<readonly string[]>,
  { print, complain }: Terminal,
): Promise<number> {
  try {
    for (const line of await run()) print(line);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    complain(error.message);
    return 2;
  }
}

/** Returns the line that says how many items cannot be read, if there are any. */
export function explainUnreadableRows(verificationIds: readonly string[]): string[] {
  if (verificationIds.length === 0) return [];
  return [`${verificationIds.length} items are no rows of this project: ${verificationIds.join(', ')}`];
}
