const times = Number(process.env.PLAYS ?? 1);

/**
 * How many random plays a test runs: `usual`, which finds most faults and takes few seconds, times the environment
 * variable `PLAYS`.
 *
 * @example PLAYS=10 npx vitest run test/evidence
 */
export const plays = (usual: number): number => Math.ceil(usual * times);
