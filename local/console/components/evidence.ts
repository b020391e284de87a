import { html } from 'hono/html';
import type { EvidenceState } from '../../../shared/contract/verification-event.ts';
import { formatBytes } from '../../terminal.ts';
import type { Html } from '../page.ts';
import { renderBadge, type Tone } from './badge.ts';
import { renderTable } from './table.ts';

const tones: Readonly<Record<EvidenceState['status'], Tone>> = {
  pending: 'active',
  archived: 'good',
  failed: 'bad',
};

export const renderEvidenceStatus = (evidence: EvidenceState | null): Html =>
  evidence === null ? renderBadge('not requested') : renderBadge(evidence.status, tones[evidence.status]);

/** Renders the evidence of a case: its artifacts and its missing artifacts. */
export function renderEvidence(evidence: EvidenceState | null): Html {
  if (evidence === null) return html`<p class="empty">No event of the case has requested evidence.</p>`;
  const { status, requestedBy, bucket, manifest, artifacts, missing, omitted, reason } = evidence;
  return html`<p class="badges">${renderEvidenceStatus(evidence)} <span>requested by event ${requestedBy}${reason === null ? '' : html` · ${reason}`}</span></p>
${manifest === null ? '' : html`<p class="path"><code>s3://${bucket}/${manifest}</code></p>`}
${
  artifacts.length === 0 && status === 'pending'
    ? ''
    : renderTable({
        caption: 'Artifacts',
        columns: ['Artifact', 'Type', 'Size', 'SHA-256', "Provider's hash"],
        rows: artifacts.map(({ name, contentType, size, sha256, providerHash }) => [
          html`<code>${name}</code>`,
          contentType,
          formatBytes(size),
          html`<code title="${sha256}">${sha256.slice(0, 12)}…</code>`,
          providerHash === undefined
            ? null
            : providerHash.matched === true
              ? 'equal'
              : providerHash.matched === false
                ? 'different'
                : 'not comparable',
        ]),
        empty: 'No artifact is archived.',
      })
}
${
  missing.length === 0
    ? ''
    : renderTable({
        caption: 'Missing artifacts',
        columns: ['Missing artifact', 'Reason'],
        rows: missing.map(({ name, reason: why }) => [html`<code>${name}</code>`, why]),
        empty: '',
      })
}
${omitted === undefined ? '' : html`<p>The manifest lists ${omitted.artifacts} more artifacts and ${omitted.missing} more missing ones.</p>`}`;
}
