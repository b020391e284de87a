import { ConfigurationError } from '../../shared/platform/errors.ts';
import { parseCommandOptions } from '../parse-options.ts';

export const benchUsage = `Usage: npm run bench -- [options]

Measures this project against simple references in the same run, and prints ratios with their goals.

  --full         measure more often, and archive 1 GiB instead of 128 MiB
  --quick        measure a few times only: shows that the bench works, but its figures mean little
  --json FILE    also write the result to FILE, as JSON
  --docs         also write the result into docs/benchmarks.md and docs/cost.md
  --help         print this text`;

const options = {
  full: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  json: { type: 'string' },
  docs: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** How often the bench measures, and how much data it archives. */
export interface BenchSize {
  readonly callCases: number;
  readonly warmUps: number;
  readonly cases: number;
  readonly imports: number;
  readonly usageCases: number;
  readonly growth: { readonly deliveries: number; readonly compared: number };
  readonly archive: { readonly bytes: number; readonly rounds: number };
}

const MiB = 1024 ** 2;

const sizes = {
  quick: {
    callCases: 2,
    warmUps: 1,
    cases: 2,
    imports: 1,
    usageCases: 1,
    growth: { deliveries: 6, compared: 2 },
    archive: { bytes: 1 * MiB, rounds: 1 },
  },
  normal: {
    callCases: 5,
    warmUps: 80,
    cases: 120,
    imports: 15,
    usageCases: 15,
    growth: { deliveries: 500, compared: 50 },
    archive: { bytes: 128 * MiB, rounds: 3 },
  },
  full: {
    callCases: 10,
    warmUps: 100,
    cases: 300,
    imports: 31,
    usageCases: 31,
    growth: { deliveries: 500, compared: 120 },
    archive: { bytes: 1024 * MiB, rounds: 2 },
  },
} as const satisfies Record<string, BenchSize>;

export interface BenchOptions {
  readonly size: BenchSize;
  readonly jsonFile: string | null;
  readonly writesDocs: boolean;
}

/** Parses the arguments of `npm run bench`. @throws ConfigurationError with the usage if an argument is invalid */
export function parseBenchArguments(args: readonly string[]): BenchOptions | 'help' {
  const values = parseCommandOptions(args, options, benchUsage);
  if (values.help) return 'help';
  if (values.full && values.quick) {
    throw new ConfigurationError(`Give --full or --quick, not both\n\n${benchUsage}`);
  }
  return {
    size: sizes[sizeName(values)],
    jsonFile: values.json ?? null,
    writesDocs: values.docs,
  };
}

function sizeName({ full, quick }: { full: boolean; quick: boolean }): keyof typeof sizes {
  if (full) return 'full';
  return quick ? 'quick' : 'normal';
}
