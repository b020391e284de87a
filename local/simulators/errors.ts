/** Anything the command can explain; its message is for the person at the keyboard. */
export class SimulateError extends Error {
  override readonly name: string = 'SimulateError';
}

/** The command line is not understood: the list of scenarios follows the message. */
export class UsageError extends SimulateError {
  override readonly name = 'UsageError';
}

/** Nothing answers where the local stack should be, or what answers is not it. */
export class StackNotRunningError extends SimulateError {
  override readonly name = 'StackNotRunningError';
}
