const startedAt = performance.now();

/** Prints what the tests of the deployment do, with the seconds since their start. */
export function report(line: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${line}`);
}
