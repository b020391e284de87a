/** An error whose message the command prints for its user, without a stack trace. */
export class SimulateError extends Error {
  override readonly name: string = 'SimulateError';
}

/** An invalid command line. The command prints the usage and the list of scenarios after the message. */
export class UsageError extends SimulateError {
  override readonly name = 'UsageError';
}

/** No local stack answers at the expected address. */
export class StackNotRunningError extends SimulateError {
  override readonly name = 'StackNotRunningError';
}
