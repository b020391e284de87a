import * as z from 'zod';
import { fingerprint } from '../../contract/canonical-json.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Reading } from '../../contract/reading.ts';
import { present } from '../../parsing/present.ts';
import { unknownReading } from '../../parsing/unknown-reading.ts';
import { enrollmentId, verificationId } from './enrollment-id.ts';
import { readCodes, reasonsOf } from './reasons.ts';
import { clientReference } from './reference.ts';
import { id360StatusOf, wantsEvidence } from './statuses.ts';
import { readStep } from './step.ts';

const Callback = z.looseObject({});

/**
 * Reads the body of a callback, whichever of ID360's callback forms asked for it. Only `id` and `status` are
 * needed. A callback carries no time.
 *
 * @param reference the caller's own id from a signed callback URL
 */
export function readCallback(body: unknown, reference: string | null): Reading {
  const callback = Callback.safeParse(body).data;
  if (callback === undefined) return unknownReading('unknown-shape', null);
  const id = enrollmentId(callback.id);
  if (id === null) return unknownReading('unidentified', null);
  const status = id360StatusOf(callback.status);
  if (status === null) return unknownReading('unknown-status', verificationId(id));

  const { phase, outcome, finality, flags, rank } = status.rule;
  const codes = readCodes('reason', callback.reason);
  const step = readStep(callback);
  return {
    kind: 'understood',
    transition: {
      origin: {
        kind: 'statement',
        signals: phase === 'in_progress' && 'step' in step.data ? 'step' : 'state',
        evidence: wantsEvidence(status.rule) ? 'fetch' : 'none',
      },
      provider: 'id360',
      verificationId: verificationId(id),
      source: '/providers/id360',
      reference,
      echoedReference: clientReference(callback.client_reference),
      phase,
      outcome,
      finality,
      flags: [...flags],
      reasons: reasonsOf(codes.data),
      providerStatus: status.providerStatus,
      rank,
      occurredAt: null,
      // The id as text: the same callback may carry it as a number.
      fingerprint: fingerprint({ ...callback, id }),
      findings: {
        ...noFindings,
        provider_data: present({
          ...step.data,
          /** Sections and fields that were not of the expected type; they are in the raw body only. */
          unreadable_sections: [...codes.unreadable, ...step.unreadable],
        }),
      },
    },
  };
}
