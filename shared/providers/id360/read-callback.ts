import * as z from 'zod/mini';
import { computeFingerprint } from '../../contract/canonical-json.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Reading } from '../../contract/reading.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';
import { makeUnknownReading } from '../../parsing/unknown-reading.ts';
import { parseClientReference } from './client-reference.ts';
import { id360VerificationId, parseEnrollmentId } from './enrollment-id.ts';
import { readEnrollmentStep } from './read-step.ts';
import { mapId360ReasonCodes, readId360ReasonCodes } from './reasons.ts';
import { hasEnrollmentReport, mapId360Status } from './statuses.ts';

const Callback = z.looseObject({});

/**
 * Reads the body of an ID360 callback, in any of ID360's formats. Only `id` and `status` are required. A callback
 * contains no time.
 *
 * @param reference the caller's own id from a signed URL; null if the URL contains none
 */
export function readId360Callback(body: unknown, reference: string | null): Reading {
  const callback = Callback.safeParse(body).data;
  if (callback === undefined) return makeUnknownReading('unknown-shape', null);
  const id = parseEnrollmentId(callback.id);
  if (id === null) return makeUnknownReading('unidentified', null);
  const status = mapId360Status(callback.status);
  if (status === null) return makeUnknownReading('unknown-status', id360VerificationId(id));

  const codes = readId360ReasonCodes('reason', callback.reason);
  const step = readEnrollmentStep(callback);
  return {
    kind: 'understood',
    transition: {
      origin:
        status.rule.phase === 'in_progress' && 'step' in step.data
          ? { kind: 'statement', signals: 'step', evidence: 'none' }
          : {
              kind: 'statement',
              signals: 'state',
              evidence: hasEnrollmentReport(status.rule) ? 'fetch' : 'none',
            },
      provider: 'id360',
      verificationId: id360VerificationId(id),
      source: '/providers/id360',
      reference,
      echoedReference: parseClientReference(callback.client_reference),
      ...pickStateForProviderStatus(status.rule),
      reasons: mapId360ReasonCodes(codes.data),
      providerStatus: status.providerStatus,
      occurredAt: null,
      // The fingerprint contains the enrollment's id as text, because ID360 may send the same callback again with the
      // id as a number.
      fingerprint: computeFingerprint({ ...callback, id }),
      findings: {
        ...emptyFindings,
        provider_data: omitEmptyFields({
          ...step.data,
          /**
           * The names of the sections and fields that have an unexpected type. Their values are only in the raw body of
           * the callback.
           */
          unreadable_sections: [...codes.unreadable, ...step.unreadable],
        }),
      },
    },
  };
}
