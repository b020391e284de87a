import { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { formatState } from '../../shared/operations/case/explain-case.ts';
import type { HistoryRow } from '../../shared/verifications/history-row.ts';
import { bold, dim } from '../terminal.ts';

/** What `idv listen` shows of a delivery or an event. Neither contains personal data. */
export type HistoryEntry =
  | {
      readonly kind: 'delivery';
      readonly at: string;
      readonly verificationId: string | null;
      readonly provider: string;
      readonly deliveryId: string;
      readonly decision: HistoryRow['decision'];
      readonly reason: string | null;
    }
  | {
      readonly kind: 'event';
      readonly at: string;
      readonly verificationId: string;
      readonly id: string;
      readonly type: string;
      readonly sequence: number;
      /** Such as `completed · approved · final`. */
      readonly state: string;
    };

/** Lists what a row of the history says: an accepted delivery has its event in the same row. */
export function listHistoryEntries({ subject, at, decision, reason, delivery, event }: HistoryRow) {
  const instant = at.split('#')[0] ?? at;
  const entries: HistoryEntry[] = [];
  if (delivery !== null) {
    entries.push({
      kind: 'delivery',
      at: instant,
      verificationId: subject.startsWith('quarantine:') ? null : subject,
      provider: delivery.provider,
      deliveryId: delivery.deliveryId,
      decision,
      reason,
    });
  }
  const { data: parsed } = VerificationEvent.safeParse(event);
  if (parsed !== undefined) {
    const { id, type, data } = parsed;
    const { verificationId, sequence } = data;
    entries.push({
      kind: 'event',
      at: instant,
      verificationId,
      id,
      type,
      sequence,
      state: formatState(data),
    });
  }
  return entries;
}

const longestType = 'verification.progressed'.length;

/** Formats a delivery or an event as one line. */
export function formatHistoryEntry(entry: HistoryEntry): string {
  const time = dim(entry.at.slice(11, 19));
  if (entry.kind === 'delivery') {
    const { verificationId, provider, decision, reason } = entry;
    const why = reason === null ? '' : ` (${reason})`;
    return `${time}  delivery  ${verificationId ?? `${provider}, no case named`}  ${bold(`${decision}${why}`)}`;
  }
  const { verificationId, sequence, type, state } = entry;
  const title = bold(type.replace(/^idv\.|\.v1$/g, '').padEnd(longestType));
  return `${time}  event     ${verificationId}  ${dim(`#${sequence}`)} ${title}  ${state}`;
}
