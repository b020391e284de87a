import type { QuarantineReason, Reading } from '../contract/reading.ts';
import { countUnknownReasons } from '../contract/state.ts';
import type { AuthenticationFailure } from '../contract/webhook-authentication.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import type { CounterName } from '../platform/metrics.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { RecordedReadingStatus } from './record-reading.ts';

/** The sender of a request, and its id. The access log of API Gateway has both. */
type Sender = Pick<WebhookRequest, 'requestId' | 'sourceIp'>;

/** Reports each delivery to operators, with a log line and a metric. */
export interface DeliveryReporter {
  refused(refusal: AuthenticationFailure, sender: Sender): void;
  recorded(reading: Reading, result: RecordedReadingStatus, sender: Sender): void;
  failed(error: unknown, sender: Sender): void;
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

/** Creates the object with which a receiver reports its deliveries. */
export function createDeliveryReporter(telemetry: Telemetry): DeliveryReporter {
  return {
    refused({ reason }, { requestId, sourceIp }) {
      telemetry.warn('delivery refused', { reason, sourceIp, requestId });
      telemetry.count(refusalMetrics[reason]);
    },
    recorded(reading, result, { requestId }) {
      telemetry.info(`delivery ${result.status}`, {
        verificationId: idOf(reading),
        ...detailOf(result),
        requestId,
      });
      telemetry.count(metricOf(result));
      if (result.status === 'accepted' && result.hasReferenceConflict) {
        telemetry.warn('two signed URLs claim one case', { verificationId: idOf(reading) });
        telemetry.count('ReferencesDisputed');
      }
      const unknown = reading.kind === 'understood' ? countUnknownReasons(reading.transition.reasons) : 0;
      if (unknown > 0) {
        // The code itself is the provider's text, which may contain personal data.
        telemetry.warn('a reason code is unknown', { verificationId: idOf(reading) });
        telemetry.count('UnknownReasons', unknown);
      }
    },
    failed(error, { requestId, sourceIp }) {
      telemetry.error('the delivery could not be stored', error, { sourceIp, requestId });
      telemetry.count('DeliveriesFailed');
    },
    answered(seconds) {
      telemetry.measure('AnswerSeconds', seconds);
      telemetry.flush();
    },
  };
}

const metricOf = (result: RecordedReadingStatus): CounterName =>
  result.status === 'quarantined' ? quarantineMetrics[result.reason] : decisionMetrics[result.status];

const idOf = (reading: Reading) =>
  reading.kind === 'understood' ? reading.transition.verificationId : reading.verificationId;

function detailOf(result: RecordedReadingStatus): Record<string, string | number> {
  return result.status === 'accepted' ? { sequence: result.sequence } : { reason: result.reason };
}
