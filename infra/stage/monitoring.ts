import * as z from 'zod';

/**
 * CloudWatch evaluates an alarm over seven days at most. With a longer time, the deployment would fail.
 */
const longestSilenceHours = 7 * 24;

/** The settings of a stage for alarms and the dashboard. All of them are optional. */
export const MonitoringSettings = z.strictObject({
  /** The e-mail address that gets the alarms. SNS asks this address to confirm. */
  email: z.email().optional(),
  /**
   * The URL of `docs/runbook.md` where your team reads it. Alarms link to its headings. Without it, they name the file in
   * this project. The description of an alarm has at most 1,024 characters.
   */
  runbookUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /**
   * By provider, the hours without an accepted delivery after which the provider is silent. Set a time in which your
   * traffic always has deliveries. A provider without a number has no such alarm.
   */
  silentAfterHours: z.record(z.string(), z.number().int().min(1).max(longestSilenceHours)).default({}),
  /**
   * True if a schedule asks each provider that has a system check (IDnow, at each of its gateways) every five minutes
   * whether its API works.
   */
  canary: z.boolean().default(false),
});

export type MonitoringSettings = z.infer<typeof MonitoringSettings>;
