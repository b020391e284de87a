// The processes that run the tests inherit the variable.
process.env.DEPLOYED_TESTS_STARTED_AT ??= String(Date.now());
const startedAt = Number(process.env.DEPLOYED_TESTS_STARTED_AT);

/** Prints what the tests of the deployment do, with the seconds since their start. */
export function report(line: string): void {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${line}`);
}
