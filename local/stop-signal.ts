/** Ctrl-C, a request to end, or the end of npm, which does not pass on every signal. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid === parent || controller.abort(), 500).unref();
  }
  return controller.signal;
}
