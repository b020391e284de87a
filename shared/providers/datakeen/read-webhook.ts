import * as z from 'zod';
import { fingerprint } from '../../contract/canonical-json.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Reading } from '../../contract/reading.ts';
import type { Hint } from '../../contract/transition.ts';
import { present } from '../../parsing/present.ts';
import { readSection } from '../../parsing/read-section.ts';
import { Text, text } from '../../parsing/text.ts';
import { unknownReading } from '../../parsing/unknown-reading.ts';
import { sessionId, verificationId } from './session-id.ts';
import { type DatakeenStatus, datakeenStatusOf, ruleWithoutStatus } from './statuses.ts';
import { transitionOf } from './transition-of.ts';

const Webhook = z.looseObject({});

/** Where an analyst has decided; `correlationId` is the caller's own. */
const Ids = z.looseObject({ analysisId: Text, entityId: Text, correlationId: Text });

export interface Sender {
  /** The caller's own id from the signed URL; null where the URL names no case. */
  readonly reference: string | null;
  /** Whether `newStatus` is believed from this URL. */
  readonly tellsStatus: boolean;
  /** Whether only Datakeen knows this URL: the one of its back office. Users can learn the URL of their own session. */
  readonly isBackOffice: boolean;
}

/**
 * Reads the body of a webhook: only `sessionId` is needed. Whatever it says is unconfirmed: it moves the case to
 * `submitted` or `in_review` at most, and asks for the session to be fetched.
 */
export function readWebhook(body: unknown, sender: Sender): Reading {
  const { reference, tellsStatus } = sender;
  const webhook = Webhook.safeParse(body).data;
  if (webhook === undefined) return unknownReading('unknown-shape', null);
  const id = sessionId(webhook.sessionId);
  if (id === null) return unknownReading('unidentified', null);
  const word = tellsStatus ? (webhook.newStatus ?? '') : '';
  const status = datakeenStatusOf(word);
  if (status === null && word !== '') return unknownReading('unknown-status', verificationId(id));

  const ids = readSection(Ids, 'webhook', webhook);
  return {
    kind: 'understood',
    transition: transitionOf<Hint>(verificationId(id), status?.rule.asHint ?? ruleWithoutStatus, {
      // Without a status it only says that there is a result. There may be more of it when it is repeated.
      origin: { kind: 'hint', onRepeat: status === null ? 'compare' : 'ignore' },
      reference,
      reasons: [],
      providerStatus: status?.providerStatus ?? '',
      fingerprint: fingerprintOf(sender, id, status, webhook),
      findings: {
        ...noFindings,
        provider_data: present({
          analysisId: text(ids.data.analysisId),
          entityId: text(ids.data.entityId),
          correlationId: text(ids.data.correlationId),
          /** Fields that were not of the expected type; they are in the raw body only. */
          unreadable_sections: ids.unreadable,
        }),
      },
    }),
  };
}

/**
 * Covers only what can change a decision: bodies that differ elsewhere are the same hint, or whoever knows the URL could
 * cause an event and a fetch with each. The URL counts: it says whose case it is, and whether `newStatus` is believed.
 * From the back office, whose URL only Datakeen knows, a hint with a status counts with its whole body: any difference
 * may tell an analyst who approves once more, after a rejection, from a late repetition of the first approval.
 */
function fingerprintOf(sender: Sender, sessionId: string, status: DatakeenStatus | null, body: object) {
  const { reference, tellsStatus, isBackOffice } = sender;
  const newStatus = status?.rule.name ?? null;
  return fingerprint({
    sessionId,
    newStatus,
    reference,
    tellsStatus,
    body: isBackOffice && status !== null ? { ...body, sessionId, newStatus } : null,
  });
}
