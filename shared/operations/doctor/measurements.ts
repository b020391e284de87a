import type { CaseSecret } from '../../cases/case-stack.ts';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { MetricName } from '../../platform/metrics.ts';
import type { SecretReport } from '../stack/check-secret.ts';

/** The rule of an alarm on one of our metrics: `infra/monitoring/custom-alarms.ts` lists them. */
export interface MetricAlarm {
  readonly metric: MetricName;
  readonly statistic: 'Sum' | 'Maximum' | 'p99';
  /** The value from which the alarm rings, if `periods` periods in a row reach it. */
  readonly threshold: number;
  readonly periodMinutes: number;
  readonly periods: number;
  /** One alarm for each provider of the stage, or one for the whole stage. */
  readonly of: 'each provider' | 'each provider that sends hints' | 'the stage';
  /** What happened, for the notification. */
  readonly description: string;
  /** The heading in `docs/runbook.md` that says what to do. */
  readonly runbook: string;
}

export interface RingingAlarm {
  readonly alarm: MetricAlarm;
  /** Null for an alarm of the stage. */
  readonly provider: ProviderName | null;
}

export interface QueueLengths {
  /** The messages that wait, are delayed or are being processed. SQS counts them approximately. */
  readonly messages: number;
  readonly deadLetters: number;
}

type ByProvider<Value> = Readonly<Record<ProviderName, Value>>;

/** Everything that `idv doctor` measures, by what it is called in messages. A part is absent if it could not be measured. */
export interface Measurements {
  /** When the measurement was made, as an ISO 8601 instant. */
  readonly at: string;
  readonly parts: {
    readonly 'events queue'?: QueueLengths;
    readonly 'evidence jobs'?: ByProvider<QueueLengths>;
    readonly relay?: {
      /** Since when a write waits for the relay, as an ISO 8601 instant; null if none waits. */
      readonly waitingSince: string | null;
      /** The longest time from a write to its event in the last 15 minutes. */
      readonly lagSeconds: number;
    };
    /** The number of deliveries in the open quarantine. */
    readonly quarantine?: ByProvider<number>;
    /** The number of open cases whose lookup is due for more than an hour. */
    readonly lookups?: ByProvider<number>;
    readonly secrets?: readonly {
      readonly provider: ProviderName;
      readonly secret: CaseSecret;
      readonly report: SecretReport;
    }[];
    /** The number of objects below `parked/`, and of failed records below `aws/lambda/`: 1,000 at most. */
    readonly 'parked objects'?: { readonly parked: number; readonly failedRecords: number };
    /** The providers without an accepted delivery, and for how many hours. */
    readonly 'silent providers'?: ByProvider<number>;
    readonly alarms?: readonly RingingAlarm[];
  };
  /** The name of the error of each part that could not be measured. */
  readonly failures: Readonly<Record<string, string>>;
}
