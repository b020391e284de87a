import { html } from 'hono/html';
import type {
  VerificationEvent,
  VerificationEventData,
} from '../../../shared/contract/verification-event.ts';
import { maskPersonalData } from '../../../shared/operations/case/mask.ts';
import { maskEventData } from '../../../shared/operations/case/mask-event.ts';
import type { Delivery } from '../../../shared/verifications/delivery.ts';
import { formatBytes } from '../../terminal.ts';
import type { Html } from '../page.ts';
import { renderFacts } from './facts.ts';
import { renderJson } from './json.ts';

/** The raw body of a delivery, as far as it can be shown. */
export type ShownBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'other'; readonly bytes: Buffer }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'gone' };

interface Bodies {
  readonly id: string;
  readonly delivery: Delivery | null;
  readonly body: ShownBody | null;
  readonly event: VerificationEvent | null;
  readonly isRevealed: boolean;
}

/** Renders the raw body of a delivery next to what we read in it. */
export function renderBodies({ id, delivery, body, event, isRevealed }: Bodies): Html {
  if (body === null && event === null) return html``;
  const name = [body === null ? null : 'raw', event === null ? null : 'normalized'].filter(
    (each) => each !== null,
  );
  return html`<details id="${id}"><summary>Show ${name.join(' next to ')}</summary>
${delivery === null ? '' : renderDelivery(delivery)}
<div class="pair">
${body === null ? '' : html`<div><h4>Raw, as the provider sent it</h4>${renderBody(body, isRevealed)}</div>`}
${event === null ? '' : html`<div><h4>Normalized, as event ${event.data.sequence} says it</h4>${renderJson(pickContent(isRevealed ? event.data : maskEventData(event.data)), 'Normalized content')}</div>`}
</div></details>`;
}

function renderDelivery({ deliveryId, sourceIp, signature, softwareVersion }: Delivery): Html {
  return renderFacts({
    Delivery: html`<code>${deliveryId}</code>`,
    From: html`<code>${sourceIp}</code>`,
    'Signed URL': signature,
    'Read by version': html`<code>${softwareVersion}</code>`,
  });
}

function renderBody(body: ShownBody, isRevealed: boolean): Html {
  switch (body.kind) {
    case 'json':
      return renderJson(isRevealed ? body.value : maskPersonalData(body.value), 'Raw body');
    case 'other':
      return isRevealed
        ? html`<pre class="json" tabindex="0" role="region" aria-label="Raw body">${body.bytes.toString('utf8')}</pre>`
        : html`<p class="empty">${body.bytes.length} bytes that are not JSON. Reveal personal data to see them.</p>`;
    case 'large':
      return html`<p class="empty">${formatBytes(body.bytes)} are too much for this page. "idv explain --json" prints the delivery.</p>`;
    case 'gone':
      return html`<p class="empty">The bucket no longer has this body.</p>`;
  }
}

/** Picks what an event says about the case. Members without content only hide the others. */
function pickContent({ evidence, changed: _, ...data }: VerificationEventData): object {
  const content = Object.entries(data).filter(([, value]) => !isEmpty(value));
  return { ...Object.fromEntries(content), ...(evidence === null ? {} : { evidence: evidence.status }) };
}

const isEmpty = (value: unknown) =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);
