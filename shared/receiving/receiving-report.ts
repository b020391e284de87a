import type { Reading } from '../contract/reading.ts';
import { countUnknownReasons } from '../contract/state.ts';
import type { AuthenticationFailure } from '../contract/webhook-authentication.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { RecordedReadingStatus } from './record-reading.ts';

/** Reports each delivery to operators, with a log line and a metric. */
export interface DeliveryReporter {
  refused(refusal: AuthenticationFailure): void;
  recorded(reading: Reading, result: RecordedReadingStatus): void;
  failed(error: unknown): void;
  flush(): void;
}

const metrics = {
  accepted: 'DeliveriesAccepted',
  duplicate: 'DeliveriesDuplicate',
  stale: 'DeliveriesStale',
  quarantined: 'DeliveriesQuarantined',
} as const satisfies Record<RecordedReadingStatus['status'], string>;

/** Creates the object with which a receiver reports its deliveries. */
export function createDeliveryReporter(telemetry: Telemetry): DeliveryReporter {
  return {
    refused({ reason }) {
      telemetry.warn('delivery refused', { reason });
      telemetry.count('DeliveriesRefused');
    },
    recorded(reading, result) {
      telemetry.info(`delivery ${result.status}`, { verificationId: idOf(reading), ...detailOf(result) });
      telemetry.count(metrics[result.status]);
      if (result.status === 'accepted' && result.hasReferenceConflict) {
        telemetry.warn('two signed URLs claim one case', { verificationId: idOf(reading) });
        telemetry.count('ReferencesDisputed');
      }
      const unknown = reading.kind === 'understood' ? countUnknownReasons(reading.transition.reasons) : 0;
      if (unknown > 0) telemetry.count('UnknownReasons', unknown);
    },
    failed(error) {
      telemetry.error('the delivery could not be stored', error);
      telemetry.count('DeliveriesFailed');
    },
    flush: () => telemetry.flush(),
  };
}

const idOf = (reading: Reading) =>
  reading.kind === 'understood' ? reading.transition.verificationId : reading.verificationId;

function detailOf(result: RecordedReadingStatus): Record<string, string | number> {
  return result.status === 'accepted' ? { sequence: result.sequence } : { reason: result.reason };
}
