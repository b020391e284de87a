/** An error of `npm run simulate`. The command prints its message without a stack trace. */
export class SimulateError extends Error {
  override readonly name: string = 'SimulateError';
}

/** The arguments of `npm run simulate` are invalid. The command prints the message, then its help text. */
export class UsageError extends SimulateError {
  override readonly name = 'UsageError';
}

/** No local stack answers on the given port, or it does not start in time. */
export class StackNotRunningError extends SimulateError {
  override readonly name = 'StackNotRunningError';
}
