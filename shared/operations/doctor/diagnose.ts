import type { MetricName } from '../../platform/metrics.ts';
import type { Measurements, RingingAlarm } from './measurements.ts';

/** Something that is wrong, for which a person must do something. */
export interface Fault {
  /** `urgent`: events, evidence or data are late or at risk. `soon`: a person must look at it, and nothing gets worse. */
  readonly urgency: 'urgent' | 'soon';
  /** What is wrong. */
  readonly what: string;
  /** What it means for consumers and cases. */
  readonly meaning: string;
  /** The command that repairs it or shows more; null if there is none. */
  readonly command: string | null;
  /** The heading of the runbook that says what to do. */
  readonly runbook: string;
}

/** The alarm `events-late` has the same limit. */
const lateSeconds = 120;

/** The metrics whose alarms are urgent. */
const urgentMetrics: ReadonlySet<MetricName> = new Set([
  'DeliveriesRefusedNoSecret',
  'EvidenceAgeSeconds',
  'LoginsFailed',
  'CasesNotDeleted',
]);

/** Finds what is wrong, the most urgent first. This function is pure. */
export function diagnose(measurements: Measurements): Fault[] {
  const faults = [
    ...diagnoseRelay(measurements),
    ...diagnoseSecrets(measurements),
    ...diagnoseParked(measurements),
    ...diagnoseDeadLetters(measurements),
    ...(measurements.parts.alarms ?? []).map(describeAlarm),
    ...diagnoseCases(measurements),
  ];
  const urgent = faults.filter(({ urgency }) => urgency === 'urgent');
  return [...urgent, ...faults.filter((fault) => !urgent.includes(fault))];
}

function diagnoseRelay({ at, parts: { relay } }: Measurements): Fault[] {
  if (relay === undefined) return [];
  const { waitingSince, lagSeconds } = relay;
  const waitingSeconds = waitingSince === null ? 0 : (Date.parse(at) - Date.parse(waitingSince)) / 1000;
  const late = { urgency: 'urgent', command: null, runbook: 'Events are late' } as const;
  if (waitingSeconds >= lateSeconds) {
    return [
      {
        ...late,
        what: `Writes wait for the relay for ${formatDuration(waitingSeconds)}`,
        meaning:
          'Deliveries are stored, but their events are not published. Nothing is lost: the table and its stream keep them, and the relay publishes them in order when it works again.',
      },
    ];
  }
  if (lagSeconds < lateSeconds) return [];
  return [
    {
      ...late,
      what: `Events were published ${formatDuration(lagSeconds)} after their writes, in the last 15 minutes`,
      meaning: 'The relay works, but consumers get events late.',
    },
  ];
}

function diagnoseSecrets({ parts: { secrets = [] } }: Measurements): Fault[] {
  return secrets.flatMap(({ provider, secret, report }): Fault[] => {
    if (report.kind === 'complete') return [];
    const isOfWebhook = secret === 'webhook';
    return [
      {
        urgency: 'urgent',
        what: `The ${secret} secret of ${provider} is ${report.kind}${report.kind === 'malformed' ? `: ${report.problems}` : ''}`,
        meaning: isOfWebhook
          ? `The webhooks of ${provider} are refused, in whole or in part.`
          : `Nothing can be fetched from ${provider}: no evidence, no lookups.`,
        command: 'npm run -s secrets -- STAGE',
        runbook: isOfWebhook ? 'Every webhook is refused with 401' : 'Logins are refused',
      },
    ];
  });
}

function diagnoseParked({ parts: { 'parked objects': objects } }: Measurements): Fault[] {
  const { parked = 0, failedRecords = 0 } = objects ?? {};
  const faults: Fault[] = [];
  if (parked > 0) {
    faults.push({
      urgency: 'urgent',
      what: `${countOf(parked, 'message or record is', 'messages or records are')} parked`,
      meaning: 'They can never be sent as they are. Consumers see a gap in the sequence of their cases.',
      command: 'idv redrive events --help',
      runbook: 'Something is parked',
    });
  }
  if (failedRecords > 0) {
    faults.push({
      urgency: 'urgent',
      what: `${countOf(failedRecords, 'batch of records', 'batches of records')} failed for 12 hours`,
      meaning:
        'Lambda stored them below aws/lambda/ in the bucket: events that are not published, or expired cases that are not deleted.',
      command: null,
      runbook: 'A write could not be relayed for 12 hours',
    });
  }
  return faults;
}

function diagnoseDeadLetters({ parts }: Measurements): Fault[] {
  const faults: Fault[] = [];
  const events = parts['events queue']?.deadLetters ?? 0;
  if (events > 0) {
    faults.push({
      urgency: 'urgent',
      what: `${countOf(events, 'event is', 'events are')} in the dead-letter queue`,
      meaning: 'No consumer processed them. SQS deletes them 14 days after they were sent.',
      command: 'idv redrive events --help',
      runbook: 'Events are in the dead-letter queue',
    });
  }
  for (const [provider, { deadLetters }] of Object.entries(parts['evidence jobs'] ?? {})) {
    if (deadLetters === 0) continue;
    faults.push({
      urgency: 'urgent',
      what: `${countOf(deadLetters, 'evidence job', 'evidence jobs')} of ${provider} ${deadLetters === 1 ? 'was' : 'were'} given up`,
      meaning: 'The evidence is not in the archive, and the provider deletes it after a while.',
      command: `idv redrive evidence --help`,
      runbook: 'Evidence was given up',
    });
  }
  return faults;
}

function describeAlarm({ alarm, provider }: RingingAlarm): Fault {
  return {
    urgency: urgentMetrics.has(alarm.metric) ? 'urgent' : 'soon',
    what: provider === null ? alarm.description : `${provider}: ${alarm.description}`,
    meaning: 'An alarm on this metric rang in the last hour, or would ring.',
    command: null,
    runbook: alarm.runbook,
  };
}

function diagnoseCases({ parts }: Measurements): Fault[] {
  const of = (numbers: Readonly<Record<string, number>> | undefined) =>
    Object.entries(numbers ?? {}).filter(([, number]) => number > 0);
  return [
    ...of(parts.quarantine).map(([provider, open]) => ({
      urgency: 'soon' as const,
      what: `${countOf(open, 'delivery', 'deliveries')} of ${provider} ${open === 1 ? 'is' : 'are'} in the open quarantine`,
      meaning: 'They are authentic, but not understood. A final result may be among them.',
      command: 'idv quarantine list',
      runbook: 'Look into quarantine',
    })),
    ...of(parts.lookups).map(([provider, due]) => ({
      urgency: 'soon' as const,
      what: `${countOf(due, 'open case', 'open cases')} of ${provider} should have been looked up more than an hour ago`,
      meaning: 'If the webhook of such a case was lost, its result is late.',
      command: null,
      runbook: 'Cases are overdue, or lookups fail',
    })),
    ...of(parts['silent providers']).map(([provider, hours]) => ({
      urgency: 'soon' as const,
      what: `${provider} is silent: no delivery was accepted for ${hours} hours`,
      meaning: 'Either there are no cases, or the provider cannot reach us.',
      command: 'idv refused --by address',
      runbook: 'A provider is silent',
    })),
  ];
}

const countOf = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Formats a duration of at least a minute. @example '2 h 5 min' */
function formatDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
