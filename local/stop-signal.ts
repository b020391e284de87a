/**
 * Returns a signal that aborts on Ctrl-C, SIGTERM or SIGHUP. It also aborts when the parent npm process ends, because
 * npm does not forward every signal to its scripts.
 */
export function createStopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid === parent || controller.abort(), 500).unref();
  }
  return controller.signal;
}
