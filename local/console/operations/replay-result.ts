import { html } from 'hono/html';
import { formatCounts, type ReplayResult } from '../../../shared/operations/replay/replay.ts';
import type { ReplayedCase } from '../../../shared/operations/replay/replay-deliveries.ts';
import { renderBadge, type Tone } from '../components/badge.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import type { Href } from '../page.ts';
import type { OperationResult } from './case-operation.ts';

/** Renders what a replay has done, or would do. A replay that changes nothing has no effect. */
export function renderReplay(result: ReplayResult, href: Href): OperationResult {
  const { cases, counts } = result;
  return {
    hasEffect: cases.some((each) => each.result === 'accepted' || each.leavesQuarantine),
    content: html`<p class="lead">${formatCounts(counts, cases)}.</p>
${renderTable({
  caption: 'Replayed deliveries',
  columns: ['Delivery', 'Received', 'Case', 'Result', 'State'],
  rows: cases.map((each) => [
    html`<code>${each.deliveryId}</code>`,
    renderInstant(each.receivedAt),
    each.verificationId === null
      ? null
      : html`<a href="${href('/cases', each.verificationId)}"><code>${each.verificationId}</code></a>`,
    renderResult(each),
    each.before === each.after ? each.after : `${each.before ?? 'no state'} → ${each.after ?? 'no state'}`,
  ]),
  empty: 'There is no delivery to replay.',
})}`,
  };
}

const tones: Readonly<Record<ReplayedCase['result'], Tone>> = {
  accepted: 'active',
  duplicate: 'neutral',
  stale: 'neutral',
  quarantined: 'warning',
  'body-gone': 'bad',
};

function renderResult({ result, reason, sequence }: ReplayedCase) {
  const about = sequence === null ? reason : `event ${sequence}`;
  return html`<span class="badges">${renderBadge(result, tones[result])}${about ?? ''}</span>`;
}
