import { ConfigurationError } from '../../shared/platform/errors.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Parses a time in the past, such as `90m`, `24h` or `30d`. @throws ConfigurationError if it is not such a time */
export function parseSince(text: string, now: Date): Date {
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  if (unit === undefined) throw new ConfigurationError(`--since ${text}: not a time such as 90m, 24h or 30d`);
  return new Date(now.getTime() - Number(count) * unitMs[unit as keyof typeof unitMs]);
}
