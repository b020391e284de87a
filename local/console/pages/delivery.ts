import { html } from 'hono/html';
import { recordOperation } from '../../../shared/operations/audit/audit.ts';
import { parseReason } from '../../../shared/operations/audit/parse-reason.ts';
import {
  type DescribedDelivery,
  describeDelivery,
} from '../../../shared/operations/quarantine/describe-delivery.ts';
import { createReaders } from '../../../shared/operations/reading/reader-of.ts';
import { renderBadge } from '../components/badge.ts';
import { renderFacts } from '../components/facts.ts';
import { renderForm, renderReasonField } from '../components/form.ts';
import { renderJson } from '../components/json.ts';
import { renderInstant } from '../components/time.ts';
import type { ConsolePage, Html, PageRequest } from '../page.ts';

/** The page of one delivery. A POST shows its personal data, after the audit has recorded who asked for it and why. */
export const deliveryPage: ConsolePage = {
  path: '/deliveries/:deliveryId',
  name: null,
  async get(request) {
    return { title: 'Delivery', main: renderDelivery(await describe(request, false), request, false) };
  },
  async post(request) {
    const reason = parseReason(request.form.get('reason'));
    const described = await describe(request, true);
    const { subject, delivery } = described.row;
    const verificationId = subject.startsWith('quarantine:') ? null : subject;
    const result = `delivery ${delivery.deliveryId} shown by the console`;
    await recordOperation(request.stack, { action: 'reveal', verificationId, reason, result });
    return { title: 'Delivery', main: renderDelivery(described, request, true) };
  },
};

function describe({ stack, params }: PageRequest, reveal: boolean): Promise<DescribedDelivery> {
  return describeDelivery(stack, params.deliveryId ?? '', { readerOf: createReaders(stack), reveal });
}

function renderDelivery(described: DescribedDelivery, request: PageRequest, isRevealed: boolean): Html {
  const { row, isOpen, cause, meaning, now, body } = described;
  const { href } = request;
  const { deliveryId, provider, receivedAt, sourceIp, reference, signature, softwareVersion } = row.delivery;
  return html`<p class="eyebrow"><a href="${href('/quarantine')}">← Quarantine</a></p>
<h1>Delivery <code>${deliveryId}</code></h1>
<p class="badges">${renderBadge(row.decision, row.decision === 'quarantined' ? 'warning' : 'neutral')}${cause === null ? '' : renderBadge(cause)}${isOpen ? renderBadge('open') : ''}</p>
<p class="lead">${meaning}</p>
<p class="notice ${now === 'understood' ? 'success' : 'plain'}">${now === 'understood' ? 'The reader of this version understands it: replay it.' : `The reader of this version says: ${now}.`}</p>
${renderFacts({
  Provider: provider,
  Case: row.subject.startsWith('quarantine:')
    ? 'none named'
    : html`<a href="${href('/cases', row.subject)}"><code>${row.subject}</code></a>`,
  Received: renderInstant(receivedAt),
  From: html`<code>${sourceIp}</code>`,
  'Signed URL': signature,
  Reference: reference,
  'Read by version': html`<code>${softwareVersion}</code>`,
  Resolution: row.resolution && `${row.resolution.how} by ${row.resolution.by}: ${row.resolution.reason}`,
})}
<section aria-labelledby="body"><h2 id="body">Raw body</h2>
${body === null ? html`<p class="empty">The bucket no longer has this body.</p>` : renderJson(body, 'Raw body')}</section>
${isRevealed ? '' : html`<section class="card confirm" aria-label="Reveal">${renderForm(request, href('/deliveries', deliveryId), html`${renderReasonField('reason')}<button>Reveal personal data</button>`)}</section>`}`;
}
