import type { QuarantineReason, Reading } from '../contract/reading.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import type { WebhookAdapter } from '../providers/provider.ts';
import { parseJson } from './parse-json.ts';

const maxBodyBytes = 1024 * 1024;

/**
 * The maximum number of cases in one request. Each case costs up to two writes, and all writes must end before the
 * function's time-out.
 */
const maxReadings = 100;

/**
 * Reads the body of an authentic request. This function is pure.
 *
 * @returns the parsed result of each case
 */
export function parseRequestIntoReadings(
  source: WebhookAdapter,
  request: WebhookRequest,
): readonly Reading[] {
  if (request.body.byteLength > maxBodyBytes) return unknown('too-large');
  const parsed = parseJson(request.body);
  switch (parsed.kind) {
    case 'not-json':
      return unknown('not-json');
    case 'too-deep':
      return unknown('unknown-shape');
    case 'json': {
      const readings = source.read(parsed.value, request.pathParameters.reference ?? null);
      return readings.length > maxReadings ? unknown('unknown-shape') : readings;
    }
  }
}

const unknown = (reason: QuarantineReason): readonly Reading[] => [
  { kind: 'unknown', reason, verificationId: null },
];
