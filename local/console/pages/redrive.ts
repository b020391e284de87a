import { html } from 'hono/html';
import { parseReason } from '../../../shared/operations/audit/parse-reason.ts';
import { type Redriven, redrive } from '../../../shared/operations/redrive/redrive.ts';
import { renderOperationPage } from '../components/operation-page.ts';
import { renderTable } from '../components/table.ts';
import type { ConsolePage } from '../page.ts';

/** Sends dead letters and parked messages to their queues again, after a dry run that counts them. */
export const redrivePage: ConsolePage = {
  path: '/queues/redrive/:kind{events|evidence}',
  name: null,
  async post(request) {
    const { stack, params, form, href } = request;
    const kind = params.kind === 'events' ? 'events' : 'evidence';
    const apply = form.has('confirm');
    const reason = apply ? parseReason(form.get('reason')) : '';
    const redriven = await redrive(stack, {
      kind,
      cause: undefined,
      provider: undefined,
      most: Number.POSITIVE_INFINITY,
      apply,
      reason,
    });
    return renderOperationPage(request, {
      title: `Redrive ${kind}`,
      back: { href: href('/queues'), text: 'Queues' },
      state: apply ? 'done' : 'dry run',
      content: renderRedriven(redriven),
      hasEffect: redriven.found.length > 0,
      action: href('/queues', 'redrive', kind),
    });
  },
};

function renderRedriven({ found, parkedRecords, moved }: Redriven) {
  return html`${moved === null ? '' : html`<p class="lead">${moved} messages moved.</p>`}
${renderTable({
  caption: 'Messages by cause',
  columns: ['Where', 'Cause', 'Messages'],
  rows: found.map(({ source, cause, count }) => [source, html`<code>${cause}</code>`, count]),
  empty: 'Nothing waits.',
})}
${parkedRecords === 0 ? '' : html`<p class="notice">${parkedRecords} parked records need the relay: see "Something is parked" in docs/runbook.md.</p>`}`;
}
