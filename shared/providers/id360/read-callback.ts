import { computeFingerprint } from '../../contract/canonical-json.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Reading } from '../../contract/reading.ts';
import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { buildProviderData } from '../../parsing/provider-data.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';
import { makeUnknownReading } from '../../parsing/unknown-reading.ts';
import { parseClientReference } from './client-reference.ts';
import { id360VerificationId, parseEnrollmentId } from './enrollment-id.ts';
import { accountForCallbackLeaves } from './leaf-table.ts';
import { mapId360ReasonCodes, readId360ReasonCodes } from './reasons.ts';
import { hasEnrollmentReport, mapId360Status } from './statuses.ts';

/**
 * Reads the body of an ID360 callback, in any of ID360's formats. Only `id` and `status` are required. A callback
 * contains no time.
 *
 * @param reference the caller's own id from a signed URL; null if the URL contains none
 */
export function readId360Callback(body: unknown, reference: string | null): Reading {
  if (!isObject(body)) return makeUnknownReading('unknown-shape', null);
  const id = parseEnrollmentId(getJsonMember(body, 'id'));
  if (id === null) return makeUnknownReading('unidentified', null);
  const status = mapId360Status(getJsonMember(body, 'status'));
  if (status === null) return makeUnknownReading('unknown-status', id360VerificationId(id));

  const provider_data = buildProviderData(accountForCallbackLeaves(body));
  return {
    kind: 'understood',
    transition: {
      origin:
        // A step's name says nothing about the order, because ID360 may add steps. So a step is progress, and no state.
        status.rule.phase === 'in_progress' && isObject(provider_data.enrollment_step)
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
      echoedReference: parseClientReference(getJsonMember(body, 'client_reference')),
      ...pickStateForProviderStatus(status.rule),
      reasons: mapId360ReasonCodes(readId360ReasonCodes(getJsonMember(body, 'reason'))),
      providerStatus: status.providerStatus,
      occurredAt: null,
      // The fingerprint contains the enrollment's id as text, because ID360 may send the same callback again with the
      // id as a number.
      fingerprint: computeFingerprint({ ...body, id }),
      findings: { ...emptyFindings, provider_data },
    },
  };
}
