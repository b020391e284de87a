import * as z from 'zod';
import { fingerprint } from '../../contract/canonical-json.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Reading } from '../../contract/reading.ts';
import type { Hint } from '../../contract/transition.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { readSection } from '../../parsing/read-section.ts';
import { nonBlank, Text } from '../../parsing/text.ts';
import { unknownReading } from '../../parsing/unknown-reading.ts';
import { datakeenTransition } from './datakeen-transition.ts';
import { datakeenVerificationId, parseSessionId } from './session-id.ts';
import { type DatakeenStatus, datakeenStatusOf, ruleWithoutStatus } from './statuses.ts';

const Webhook = z.looseObject({});

/** The ids that a webhook may have beside `sessionId`. `correlationId` is the caller's own. */
const Ids = z.looseObject({ analysisId: Text, entityId: Text, correlationId: Text });

/** What we know about the signed URL at which a webhook arrived. */
export interface WebhookUrl {
  /** The caller's own id in the URL; null if the URL names no case. */
  readonly reference: string | null;
  /** Whether the stage trusts `newStatus` from this URL. */
  readonly trustsNewStatus: boolean;
  /** Whether this is the URL that is entered in Datakeen's back office. Users cannot learn it; they can learn their own. */
  readonly isBackOffice: boolean;
}

/**
 * Reads the body of a webhook as a hint. Only `sessionId` is required. A hint moves the case to `submitted` or
 * `in_review` at most, and requests a lookup of the session.
 */
export function readWebhook(body: unknown, url: WebhookUrl): Reading {
  const { reference, trustsNewStatus } = url;
  const webhook = Webhook.safeParse(body).data;
  if (webhook === undefined) return unknownReading('unknown-shape', null);
  const id = parseSessionId(webhook.sessionId);
  if (id === null) return unknownReading('unidentified', null);
  const newStatus = trustsNewStatus ? (webhook.newStatus ?? '') : '';
  const status = datakeenStatusOf(newStatus);
  if (status === null && newStatus !== '')
    return unknownReading('unknown-status', datakeenVerificationId(id));

  const ids = readSection(Ids, 'webhook', webhook);
  return {
    kind: 'understood',
    transition: datakeenTransition<Hint>(
      datakeenVerificationId(id),
      status?.rule.asHint ?? ruleWithoutStatus,
      {
        // A hint without a status only says that there is a result. When it is repeated, the result may have changed.
        origin: { kind: 'hint', onRepeat: status === null ? 'compare' : 'ignore' },
        reference,
        reasons: [],
        providerStatus: status?.providerStatus ?? '',
        fingerprint: fingerprintOf(url, id, status, webhook),
        findings: {
          ...noFindings,
          provider_data: omitEmpty({
            analysisId: nonBlank(ids.data.analysisId),
            entityId: nonBlank(ids.data.entityId),
            correlationId: nonBlank(ids.data.correlationId),
            /** Fields of an unexpected type. Only the raw body contains them. */
            unreadable_sections: ids.unreadable,
          }),
        },
      },
    ),
  };
}

/**
 * Returns the fingerprint of a hint. It covers only what can change a decision. Otherwise, anybody who knows a URL could
 * cause an event and a lookup with each change of the body. The URL is covered, because it names the case and says
 * whether `newStatus` is trusted. For a hint with a status from the back office, the whole body is covered: a difference
 * may distinguish an analyst's second approval, after a rejection, from a late repetition of the first approval. Only
 * Datakeen knows the URL of the back office.
 */
function fingerprintOf(url: WebhookUrl, sessionId: string, status: DatakeenStatus | null, body: object) {
  const { reference, trustsNewStatus, isBackOffice } = url;
  const newStatus = status?.rule.name ?? null;
  return fingerprint({
    sessionId,
    newStatus,
    reference,
    // The older name of the field stays: another name would change the fingerprint of every hint.
    tellsStatus: trustsNewStatus,
    body: isBackOffice && status !== null ? { ...body, sessionId, newStatus } : null,
  });
}
