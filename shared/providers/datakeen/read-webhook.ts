import * as z from 'zod/mini';
import { computeFingerprint } from '../../contract/canonical-json.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Reading } from '../../contract/reading.ts';
import type { Hint } from '../../contract/transition.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeUnknownReading } from '../../parsing/unknown-reading.ts';
import { makeDatakeenTransition } from './datakeen-transition.ts';
import { accountForWebhook } from './leaf-table.ts';
import { datakeenVerificationId, parseDatakeenSessionId } from './session-id.ts';
import { type MappedDatakeenStatus, mapDatakeenStatus, stateForHintWithoutStatus } from './statuses.ts';

const Webhook = z.looseObject({});

/** The signed URL at which a webhook arrived. */
export interface DatakeenWebhookUrl {
  /** The caller's own id in the signed URL; null if all cases share this URL. */
  readonly reference: string | null;
  /** True if the stage trusts the status (`newStatus`) of a webhook that arrives at this URL. */
  readonly trustsNewStatus: boolean;
  /**
   * True if this is the URL that is entered in Datakeen's back office. Users can learn the URL of their own session,
   * but not this URL.
   */
  readonly isBackOffice: boolean;
}

/**
 * Reads the body of a Datakeen webhook as a hint. Only `sessionId` is required. The hint requests a lookup of the
 * session. The hint itself moves the case to `submitted` or `in_review` at most.
 */
export function readDatakeenWebhook(body: unknown, url: DatakeenWebhookUrl): Reading {
  const { reference, trustsNewStatus } = url;
  const webhook = Webhook.safeParse(body).data;
  if (webhook === undefined) return makeUnknownReading('unknown-shape', null);
  const id = parseDatakeenSessionId(webhook.sessionId);
  if (id === null) return makeUnknownReading('unidentified', null);
  const newStatus = trustsNewStatus ? (webhook.newStatus ?? '') : '';
  const status = mapDatakeenStatus(newStatus);
  if (status === null && newStatus !== '')
    return makeUnknownReading('unknown-status', datakeenVerificationId(id));

  return {
    kind: 'understood',
    transition: makeDatakeenTransition<Hint>(
      datakeenVerificationId(id),
      status?.rule.asHint ?? stateForHintWithoutStatus,
      {
        // A hint without a status only says that a result exists. If such a hint is repeated, the result may have
        // changed, so a comparison is requested.
        origin: { kind: 'hint', onRepeat: status === null ? 'compare' : 'ignore' },
        reference,
        reasons: [],
        providerStatus: status?.providerStatus ?? '',
        fingerprint: fingerprintOf(url, id, status, webhook),
        findings: { ...emptyFindings, provider_data: providerDataOf(body) },
      },
    ),
  };
}

/**
 * Returns the ids in a webhook, and all leaves that we do not know. The caller sets `correlationId`. The unknown leaves
 * are below `webhook`: anyone who knows the URL can send them, so they are kept apart from the members of Datakeen's result.
 */
function providerDataOf(body: unknown) {
  const { analysisId, entityId, correlationId, ...webhook } = accountForWebhook(body).providerData;
  return omitEmptyFields({ analysisId, entityId, correlationId, webhook });
}

/**
 * Returns the fingerprint of a hint. The fingerprint covers only what can change a decision. If it covered the whole
 * body, anybody who knows a URL could cause an event and a lookup with each change of the body.
 *
 * - The reference is covered, because it names the case. `trustsNewStatus` is covered, because without trust we ignore
 *   the status.
 * - For a hint with a status from the back office, the whole body is covered. Suppose that an analyst approves,
 *   rejects, and approves again. Then a difference in the body may be the only sign that the second approval is not a
 *   late copy of the first. Nobody else can send such a hint, because only Datakeen knows this URL.
 */
function fingerprintOf(
  url: DatakeenWebhookUrl,
  sessionId: string,
  status: MappedDatakeenStatus | null,
  body: object,
) {
  const { reference, trustsNewStatus, isBackOffice } = url;
  const newStatus = status?.rule.name ?? null;
  return computeFingerprint({
    sessionId,
    newStatus,
    reference,
    // Do not rename `tellsStatus`: another name would change the fingerprint of every hint.
    tellsStatus: trustsNewStatus,
    body: isBackOffice && status !== null ? { ...body, sessionId, newStatus } : null,
  });
}
