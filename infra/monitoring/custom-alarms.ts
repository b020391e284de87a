import type { MetricAlarm } from '../../shared/operations/doctor/measurements.ts';

/** An alarm on a metric of ours. */
export interface CustomAlarm extends MetricAlarm {
  /** The name, after the name of the stack and the provider: `idv-webhooks-live-idnow-quarantine-open`. */
  readonly name: string;
  /**
   * What a period without data means. `good`: nothing was counted. `unchanged`: the number may still be the last one.
   * `bad`: what should report is silent.
   */
  readonly withoutData: 'good' | 'unchanged' | 'bad';
}

const hour = 3600;

/** One counted event rings the alarm. */
const once = { statistic: 'Sum', threshold: 1, periodMinutes: 5, periods: 1, withoutData: 'good' } as const;

/** A number of counted events in an hour rings the alarm. */
const inAnHour = { statistic: 'Sum', periodMinutes: 60, periods: 1, withoutData: 'good' } as const;

const ofEachProvider = { of: 'each provider' } as const;

/** The alarms on our own metrics. Two further alarms are optional, see below. */
export const customAlarms: readonly CustomAlarm[] = [
  {
    ...once,
    ...ofEachProvider,
    name: 'refused-no-secret',
    metric: 'DeliveriesRefusedNoSecret',
    description: 'Every webhook is refused, because our webhook secret has no usable entry.',
    runbook: 'Every webhook is refused with 401',
  },
  {
    ...once,
    ...ofEachProvider,
    name: 'refused-credential',
    metric: 'DeliveriesRefusedCredential',
    // Scanners of the internet cause some refusals. A provider with a wrong credential causes many, because it repeats.
    threshold: 10,
    periodMinutes: 15,
    description: 'Ten webhooks in 15 minutes have a missing or wrong credential.',
    runbook: 'Webhooks are refused',
  },
  {
    ...once,
    ...ofEachProvider,
    name: 'refused-address',
    metric: 'DeliveriesRefusedAddress',
    threshold: 10,
    periodMinutes: 15,
    description: 'Ten webhooks in 15 minutes come from a source address that is not allowed.',
    runbook: 'Webhooks are refused',
  },
  {
    ...ofEachProvider,
    name: 'quarantine-open',
    metric: 'QuarantineOpen',
    statistic: 'Maximum',
    threshold: 1,
    periodMinutes: 5,
    periods: 1,
    withoutData: 'unchanged',
    description: 'A delivery is in the quarantine, and nobody has dealt with it.',
    runbook: 'Look into quarantine',
  },
  {
    ...ofEachProvider,
    name: 'answers-slow',
    metric: 'AnswerSeconds',
    statistic: 'p99',
    // The receiver ends after 20 seconds. Answers normally take less than one second.
    threshold: 5,
    periodMinutes: 5,
    periods: 3,
    withoutData: 'good',
    description: 'One of a hundred answers to webhooks takes five seconds or more.',
    runbook: 'Webhooks are answered slowly',
  },
  {
    ...inAnHour,
    ...ofEachProvider,
    name: 'codes-unknown',
    metric: 'UnknownReasons',
    threshold: 1,
    description: 'A result has a reason whose code is unknown to us.',
    runbook: 'A reason code is unknown',
  },
  {
    ...inAnHour,
    ...ofEachProvider,
    name: 'webhooks-lost',
    metric: 'LostWebhooksFound',
    threshold: 5,
    description: 'Lookups found five results in an hour whose webhook never arrived.',
    runbook: 'Webhooks are lost',
  },
  {
    ...inAnHour,
    ...ofEachProvider,
    name: 'cases-overdue',
    metric: 'CasesOverdue',
    threshold: 10,
    description: 'Ten open cases in an hour can no longer complete.',
    runbook: 'Cases are overdue, or lookups fail',
  },
  {
    ...inAnHour,
    ...ofEachProvider,
    name: 'lookups-failed',
    metric: 'LookupsFailed',
    threshold: 1,
    description: 'The provider could not be asked about a silent case for six hours.',
    runbook: 'Cases are overdue, or lookups fail',
  },
  {
    ...once,
    ...ofEachProvider,
    name: 'lookups-not-requested',
    metric: 'LookupsNotRequested',
    periods: 3,
    description: 'Lookups of silent cases could not be requested in three runs.',
    runbook: 'Cases are overdue, or lookups fail',
  },
  {
    ...once,
    ...ofEachProvider,
    name: 'lookups-limited',
    metric: 'LookupLimitReached',
    periods: 6,
    description: 'For half an hour, more cases are due for a lookup than lookupsPerMinute allows.',
    runbook: 'Cases are overdue, or lookups fail',
  },
  {
    ...ofEachProvider,
    name: 'evidence-late',
    metric: 'EvidenceAgeSeconds',
    statistic: 'Maximum',
    threshold: 6 * hour,
    // A job is tried at least every 15 minutes, so an hour without a try means that no job waits.
    periodMinutes: 60,
    periods: 1,
    withoutData: 'good',
    description: 'Evidence is not archived six hours after it was requested.',
    runbook: 'Evidence is late',
  },
  {
    ...once,
    ...ofEachProvider,
    name: 'job-faults',
    metric: 'JobFaults',
    threshold: 5,
    periodMinutes: 15,
    description: 'Five tries of jobs in 15 minutes failed because of AWS or our code.',
    runbook: 'Jobs fail because of AWS or our code',
  },
  {
    ...once,
    ...ofEachProvider,
    name: 'jobs-foreign',
    metric: 'ForeignJobs',
    description: 'A message on the job queue is not a job of this provider.',
    runbook: 'Evidence was given up',
  },
  {
    ...inAnHour,
    ...ofEachProvider,
    name: 'logins-failed',
    metric: 'LoginsFailed',
    // Logins that keep failing pause for 15 minutes each, which is four in an hour.
    threshold: 3,
    description: "Three logins at the provider's API failed in an hour.",
    runbook: 'Logins are refused',
  },
  {
    ...once,
    of: 'each provider that sends hints',
    name: 'references-disputed',
    metric: 'ReferencesDisputed',
    description: 'A session came to the signed URL of another case.',
    runbook: 'Somebody invents Datakeen webhooks',
  },
  {
    ...once,
    of: 'the stage',
    name: 'api-refused-address',
    metric: 'RequestsRefusedAddress',
    threshold: 10,
    periodMinutes: 15,
    description: 'API Gateway refused ten requests in 15 minutes, because of their source addresses.',
    runbook: 'Every webhook is refused with 403',
  },
  {
    ...once,
    of: 'the stage',
    name: 'api-over-limit',
    metric: 'RequestsRefusedRate',
    threshold: 10,
    periodMinutes: 15,
    description: 'Ten requests in 15 minutes exceeded a limit of API Gateway or of the firewall.',
    runbook: 'Webhooks are answered with 429',
  },
  {
    ...once,
    of: 'the stage',
    name: 'parked',
    metric: 'MessagesParked',
    description: 'A message or a stream record can never be sent, so it is parked.',
    runbook: 'Something is parked',
  },
  {
    of: 'the stage',
    name: 'events-late',
    metric: 'RelayLagSeconds',
    statistic: 'Maximum',
    // The relay normally publishes within two seconds.
    threshold: 120,
    periodMinutes: 5,
    periods: 3,
    withoutData: 'good',
    description: 'Events are published two minutes or more after their write.',
    runbook: 'Events are late',
  },
  {
    ...once,
    of: 'the stage',
    name: 'cases-not-deleted',
    metric: 'CasesNotDeleted',
    periodMinutes: 15,
    periods: 3,
    description: 'Expired cases could not be deleted for 45 minutes.',
    runbook: 'An expired case is not deleted',
  },
];

/** Returns the alarm that rings if a provider has no accepted delivery for this number of hours. */
export function makeSilenceAlarm(hours: number): CustomAlarm {
  return {
    ...ofEachProvider,
    name: 'silent',
    metric: 'DeliveriesAccepted',
    statistic: 'Sum',
    // The comparison of this alarm is "less than". CloudWatch has no data for an hour without deliveries.
    threshold: 1,
    periodMinutes: 60,
    periods: hours,
    withoutData: 'bad',
    description: `No delivery was accepted for ${hours} hours.`,
    runbook: 'A provider is silent',
  };
}

/** The alarm that rings if the system check of a provider fails, or does not run, three times in a row. */
export const systemCheckAlarm: CustomAlarm = {
  ...ofEachProvider,
  name: 'system-check',
  metric: 'SystemChecksFailed',
  statistic: 'Sum',
  threshold: 1,
  periodMinutes: 5,
  periods: 3,
  withoutData: 'bad',
  description: "The system check of the provider's API fails, or does not run, for 15 minutes.",
  runbook: 'A system check fails',
};
