import { html } from 'hono/html';
import { parseReason } from '../../../shared/operations/audit/parse-reason.ts';
import {
  type OpenDelivery,
  readOpenQuarantine,
} from '../../../shared/operations/quarantine/open-quarantine.ts';
import { resolveQuarantine } from '../../../shared/operations/quarantine/resolve-quarantine.ts';
import { createReaders } from '../../../shared/operations/reading/reader-of.ts';
import { assertCause } from '../../../shared/operations/replay/select-deliveries.ts';
import { renderOperationPage } from '../components/operation-page.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import type { ConsolePage, Href } from '../page.ts';

/** Removes the deliveries of one cause from the open quarantine, after a dry run. The history keeps them. */
export const resolveQuarantinePage: ConsolePage = {
  path: '/quarantine/resolve',
  name: null,
  async post(request) {
    const { stack, form, href } = request;
    const [cause, provider] = [form.get('cause') ?? '', form.get('provider') ?? ''];
    assertCause(cause);
    const isConfirmed = form.has('confirm');
    const reason = isConfirmed ? parseReason(form.get('reason')) : '';
    const deliveries = await Array.fromAsync(
      readOpenQuarantine(stack, createReaders(stack), { cause, provider }),
    );
    const resolved = isConfirmed ? await resolveQuarantine(stack, { deliveries, reason }) : null;
    return renderOperationPage(request, {
      title: `Resolve ${cause}`,
      back: { href: href('/quarantine'), text: 'Quarantine' },
      state: isConfirmed ? 'done' : 'dry run',
      content: html`<p class="lead">${
        resolved === null
          ? `${deliveries.length} would be removed from the open quarantine, without being read again.`
          : `${resolved} removed from the open quarantine. The history keeps them.`
      }</p>${renderDeliveries(deliveries, href)}`,
      hasEffect: deliveries.length > 0,
      action: href('/quarantine', 'resolve'),
      fields: { cause, provider },
    });
  },
};

function renderDeliveries(deliveries: readonly OpenDelivery[], href: Href) {
  return renderTable({
    caption: 'Deliveries',
    columns: ['Delivery', 'Received', 'Cause'],
    rows: deliveries.map(({ delivery, cause }) => [
      html`<a href="${href('/deliveries', delivery.deliveryId)}"><code>${delivery.deliveryId}</code></a>`,
      renderInstant(delivery.receivedAt),
      cause,
    ]),
    empty: 'Nothing waits with this cause.',
  });
}
