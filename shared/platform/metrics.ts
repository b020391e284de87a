/** A metric of ours. */
interface Metric {
  readonly unit: 'Count' | 'Seconds';
  /**
   * The dimensions beside the stage. `provider`: one metric per provider. `stage`: one metric for the whole stage.
   * `both`: a function that serves all providers writes it for the provider and for the stage. If the provider is
   * unknown, it writes it for the stage only.
   */
  readonly per: 'provider' | 'stage' | 'both';
  /** What one unit of the metric is, for the table in `docs/monitoring.md`. */
  readonly meaning: string;
  /** `access log`: CloudWatch counts lines of API Gateway's access log. Absent if our functions write the metric. */
  readonly from?: 'access log';
}

/** The namespace of all our metrics in CloudWatch. */
export const metricNamespace = 'IdvWebhooks';

/**
 * All metrics of ours. Functions write them, except for those that are counted in API Gateway's access log. Functions import
 * only the types of this table, so it is in no bundle. Alarms, the dashboard and the documentation read it.
 */
export const metrics = {
  DeliveriesAccepted: count('provider', 'cases of deliveries that were accepted'),
  DeliveriesDuplicate: count('provider', 'cases of deliveries that were known already'),
  DeliveriesStale: count('provider', 'cases of deliveries that were out of date'),
  DeliveriesFailed: count('provider', 'deliveries that could not be stored, answered with 503'),
  DeliveriesRefusedAddress: count('provider', 'deliveries from a source address that is not allowed (403)'),
  DeliveriesRefusedCredential: count('provider', 'deliveries with a missing or wrong credential (401)'),
  DeliveriesRefusedNoSecret: count(
    'provider',
    'deliveries refused because our webhook secret has no entry (401)',
  ),
  RequestsRefusedAddress: refusals(
    'requests that API Gateway refused, because their address is in no `sourceIps` (403)',
  ),
  RequestsRefusedRate: refusals('requests over a limit of API Gateway or of the firewall (429)'),
  DeliveriesQuarantinedNotJson: count('provider', 'quarantined: the body is not JSON'),
  DeliveriesQuarantinedTooLarge: count('provider', 'quarantined: the body is over 1 MiB'),
  DeliveriesQuarantinedUnidentified: count('provider', 'quarantined: the body does not name the case'),
  DeliveriesQuarantinedUnknownShape: count('provider', 'quarantined: the shape of the body is unknown'),
  DeliveriesQuarantinedUnknownStatus: count('provider', 'quarantined: the status is unknown'),
  DeliveriesQuarantinedUnreadableTime: count('provider', 'quarantined: a time cannot be read'),
  QuarantineOpen: count('both', 'deliveries in the quarantine that nobody has dealt with yet, of any age'),
  ReferencesDisputed: count('provider', 'sessions that came to the signed URL of another case'),
  UnknownReasons: count('provider', 'reasons whose code at the provider is unknown to us'),
  AnswerSeconds: seconds('provider', 'time from the start of the receiver to its answer'),
  WritesRelayed: count('stage', 'writes whose messages the relay has sent'),
  WritesNotRelayed: count('stage', 'writes that the relay tries again'),
  MessagesParked: count('both', 'messages and stream records that were parked'),
  RelayLagSeconds: seconds(
    'both',
    'time from a write to the publication of its event, the longest of a batch',
  ),
  EvidenceArchived: count('provider', 'jobs that ended with a manifest'),
  EvidenceRetries: count('provider', 'tries of jobs whose evidence is not complete yet'),
  EvidenceFailed: count('provider', 'jobs that were given up'),
  EvidenceNotFound: count('provider', 'jobs that were given up, because the provider does not know the case'),
  EvidenceAgeSeconds: seconds('provider', 'time from the request of evidence to the latest try of its job'),
  JobFaults: count('provider', 'tries of jobs that failed because of AWS or our code'),
  ForeignJobs: count('provider', 'messages on a job queue that are not jobs of its provider'),
  ResultsAccepted: count('provider', 'fetched results that changed their case'),
  ResultsDuplicate: count('provider', 'fetched results that contained nothing new'),
  ResultsStale: count('provider', 'fetched results that were out of date'),
  LookupsRequested: count('provider', 'lookups of silent cases'),
  LookupsNotRequested: count('provider', 'lookups that could not be requested, because a row failed'),
  LookupLimitReached: count('provider', 'runs that found more due cases than `lookupsPerMinute` allows'),
  LookupsFailed: count('provider', 'lookups that were given up after six hours'),
  LostWebhooksFound: count('provider', 'webhooks that were lost, and replaced by a lookup'),
  CasesOverdue: count('provider', 'open cases whose last lookup found nothing'),
  LoginsFailed: count('provider', "logins at the provider's API that were refused or got no answer"),
  SessionsKept: count('provider', 'calls that kept our login session alive'),
  SessionsNotKept: count('provider', 'calls that could not keep our login session alive'),
  SystemChecksFailed: count(
    'provider',
    "system checks of the provider's API that failed; 0 if the check is good",
  ),
  CasesDeleted: count('stage', 'expired cases whose history and objects were deleted'),
  ObjectVersionsLocked: count('stage', 'objects of expired cases that are hidden until their lock ends'),
  CasesNotDeleted: count('stage', 'tries to delete an expired case that failed'),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as MetricName[];

/** The metrics that count lines of the access log. Without access logs, a stage does not have them. */
export type RefusalMetricName = {
  [Name in MetricName]: (typeof metrics)[Name] extends { readonly from: 'access log' } ? Name : never;
}[MetricName];

/** The metrics that measure a time. */
export type DurationName = {
  [Name in MetricName]: (typeof metrics)[Name]['unit'] extends 'Seconds' ? Name : never;
}[MetricName];

/** The metrics with which functions count something. */
export type CounterName = Exclude<MetricName, DurationName | RefusalMetricName>;

function count<const Per extends Metric['per']>(per: Per, meaning: string) {
  return { unit: 'Count', per, meaning } as const;
}

function seconds<const Per extends Metric['per']>(per: Per, meaning: string) {
  return { unit: 'Seconds', per, meaning } as const;
}

function refusals(meaning: string) {
  return { unit: 'Count', per: 'stage', meaning, from: 'access log' } as const;
}
