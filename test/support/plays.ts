const times = Number(process.env.PLAYS ?? 1);

/**
 * Returns the number of random cases that a property test runs: `usual` times the environment variable `PLAYS`. The
 * usual number takes a few seconds and finds most errors.
 *
 * @example PLAYS=10 npx vitest run test/evidence
 */
export const plays = (usual: number): number => Math.ceil(usual * times);
