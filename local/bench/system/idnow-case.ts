import { makeIdent } from '../../simulators/idnow/make-ident.ts';
import { benchAccount, benchAuthorization } from './bench-account.ts';
import { buildWebhookEvent } from './proxy-event.ts';

const { companyId } = benchAccount;
const startedAt = Date.UTC(2026, 10, 22, 10);
const minutes = (count: number) => new Date(startedAt + count * 60_000);

/** The three statements of an IDnow case: the user starts, an agent checks, and the case succeeds. */
export function makeIdnowCase(transactionNumber: string) {
  const ident = { companyId, transactionNumber };
  return [
    makeIdent({ ...ident, state: 'START', time: minutes(0) }),
    makeIdent({ ...ident, state: 'CHECK_PENDING', time: minutes(3) }),
    makeIdent({ ...ident, state: 'SUCCESS_DATA_CHANGED', time: minutes(12) }),
  ] as const;
}

/** A statement that leaves the case open. Statements with other minutes are further deliveries of the same case. */
export function makeIdnowCheck(transactionNumber: string, minute: number) {
  return makeIdent({ companyId, transactionNumber, state: 'CHECK_PENDING', time: minutes(minute) });
}

/** Builds the event of a delivery to our receiver. */
export const buildDelivery = (body: unknown) =>
  buildWebhookEvent({ body, authorization: benchAuthorization, isBase64Encoded: true });

/** Builds the event of a delivery to the textbook receiver, which gets bodies as text. */
export const buildTextbookDelivery = (body: unknown) =>
  buildWebhookEvent({ body, authorization: benchAuthorization, isBase64Encoded: false });
