import { ConfigurationError, IdvError } from '../../shared/platform/errors.ts';

export interface Terminal {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/**
 * Runs a command, and prints its errors about arguments, connections and providers.
 *
 * @param run returns the lines to print
 * @returns the exit code: 0; 2 if the arguments or the stack cannot be used; 1 if the operation failed
 */
export async function runOperatorCommand(
  run: () => Promise<readonly string[]>,
  { print, complain }: Terminal,
): Promise<number> {
  try {
    for (const line of await run()) print(line);
    return 0;
  } catch (error) {
    if (!(error instanceof IdvError)) throw error;
    complain(error.message);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

/** Returns the line that says how many items cannot be read, if there are any. */
export function explainUnreadableRows(verificationIds: readonly string[]): string[] {
  if (verificationIds.length === 0) return [];
  return [`${verificationIds.length} items are no rows of this project: ${verificationIds.join(', ')}`];
}
