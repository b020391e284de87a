import type { QuarantineReason, Reading } from '../contract/reading.ts';
import { countUnknownReasons } from '../contract/state.ts';
import type { AuthenticationFailure } from '../contract/webhook-authentication.ts';
import type { CounterName } from '../platform/metrics.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { RecordedReadingStatus } from './record-reading.ts';

/** Reports a request to operators: a log line and a metric for each delivery in it. */
export interface RequestReporter {
  refused(refusal: AuthenticationFailure): void;
  recorded(reading: Reading, result: RecordedReadingStatus): void;
  failed(error: unknown): void;
  /** Ends the report of a request. @param seconds the time from its arrival to our answer */
  answered(seconds: number): void;
}

const refusalMetrics = {
  'source-ip': 'DeliveriesRefusedAddress',
  credential: 'DeliveriesRefusedCredential',
  'no-secret-configured': 'DeliveriesRefusedNoSecret',
} as const satisfies Record<AuthenticationFailure['reason'], CounterName>;

const decisionMetrics = {
  accepted: 'DeliveriesAccepted',
  duplicate: 'DeliveriesDuplicate',
  stale: 'DeliveriesStale',
} as const satisfies Record<Exclude<RecordedReadingStatus['status'], 'quarantined'>, CounterName>;

const quarantineMetrics = {
  'not-json': 'DeliveriesQuarantinedNotJson',
  'too-large': 'DeliveriesQuarantinedTooLarge',
  unidentified: 'DeliveriesQuarantinedUnidentified',
  'unknown-shape': 'DeliveriesQuarantinedUnknownShape',
  'unknown-status': 'DeliveriesQuarantinedUnknownStatus',
  'unreadable-time': 'DeliveriesQuarantinedUnreadableTime',
} as const satisfies Record<QuarantineReason, CounterName>;

/**
 * Creates the function that reports the requests of a receiver.
 *
 * @returns a function from the id of a request at API Gateway to its report. Each log line has this id, so that it can be
 * found from the line of the access log
 */
export function createDeliveryReporter(telemetry: Telemetry): (requestId: string) => RequestReporter {
  return (requestId) => ({
    refused({ reason }) {
      telemetry.warn('delivery refused', { requestId, reason });
      telemetry.count(refusalMetrics[reason]);
    },
    recorded(reading, result) {
      const which = { requestId, verificationId: idOf(reading) };
      telemetry.info(`delivery ${result.status}`, { ...which, ...detailOf(result) });
      telemetry.count(metricOf(result));
      if (result.status === 'accepted' && result.hasReferenceConflict) {
        telemetry.warn('two signed URLs claim one case', which);
        telemetry.count('ReferencesDisputed');
      }
      const unknown = reading.kind === 'understood' ? countUnknownReasons(reading.transition.reasons) : 0;
      if (unknown > 0) {
        // The code itself is the provider's text, which may contain personal data.
        telemetry.warn('a reason code is unknown', which);
        telemetry.count('UnknownReasons', unknown);
      }
    },
    failed(error) {
      telemetry.error('the delivery could not be stored', error, { requestId });
      telemetry.count('DeliveriesFailed');
    },
    answered(seconds) {
      telemetry.measure('AnswerSeconds', seconds);
      telemetry.flush();
    },
  });
}

const metricOf = (result: RecordedReadingStatus): CounterName =>
  result.status === 'quarantined' ? quarantineMetrics[result.reason] : decisionMetrics[result.status];

const idOf = (reading: Reading) =>
  reading.kind === 'understood' ? reading.transition.verificationId : reading.verificationId;

function detailOf(result: RecordedReadingStatus): Record<string, string | number> {
  return result.status === 'accepted' ? { sequence: result.sequence } : { reason: result.reason };
}
