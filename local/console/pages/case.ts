import { html } from 'hono/html';
import type { CaseRecord } from '../../../shared/operations/case/case-record.ts';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import { explainCase } from '../../../shared/operations/case/explain-case.ts';
import { renderState } from '../components/badge.ts';
import { renderConclusion } from '../components/conclusion.ts';
import { renderEvidence } from '../components/evidence.ts';
import { renderFacts } from '../components/facts.ts';
import { renderForm, renderReasonField } from '../components/form.ts';
import { renderPhaseSteps } from '../components/phase-steps.ts';
import { renderInstant } from '../components/time.ts';
import { renderTimeline } from '../components/timeline.ts';
import type { CaseOperation } from '../operations/case-operation.ts';
import { caseOperations } from '../operations/case-operations.ts';
import { verifyEvidenceOperation } from '../operations/verify-evidence.ts';
import type { ConsolePage, Html, PageRequest } from '../page.ts';
import { readSteps } from '../read-steps.ts';

/** The maximum number of steps on the page. A case has about ten. */
const maxSteps = 200;
const liveMs = 1000;

/** The page of one case: its state and why, its timeline, its evidence, and what an operator can do. */
export const casePage: ConsolePage = {
  path: '/cases/:verificationId',
  name: null,
  async get(request) {
    const record = await chooseCase(request.stack, request.params.verificationId ?? '');
    const main = await renderCase(record, request, false);
    return { title: record.verificationId, main, ...(request.isLive ? { liveMs } : {}) };
  },
};

/** Renders a case. @param isRevealed true if an operator has said why personal data is needed */
export async function renderCase(
  record: CaseRecord,
  request: PageRequest,
  isRevealed: boolean,
): Promise<Html> {
  const explanation = explainCase(record);
  const steps = await readSteps(request.stack, explanation, maxSteps);
  const hidden = explanation.timeline.length - steps.length;
  const { verificationId, verification } = record;
  return html`
<header class="case" id="case-head" data-live-region>
<p class="eyebrow">Case · ${verificationId.split(':')[0]}</p>
<h1><code>${verificationId}</code></h1>
${verification === null ? html`<p class="empty">The case has no state.</p>` : html`${renderState(verification)}${renderPhaseSteps(verification.phase)}`}
${renderCaseFacts(record)}
</header>
${isRevealed ? html`<p class="notice" role="status">Personal data is shown. The audit records that you have seen it.</p>` : ''}
<div id="case-conclusion" data-live-region>${renderConclusion(explanation.conclusion)}</div>
<section aria-labelledby="timeline" id="case-timeline" data-live-region>
<h2 id="timeline">Timeline</h2>
${hidden === 0 ? '' : html`<p>These are the newest ${steps.length} steps. "idv explain" shows the ${hidden} before.</p>`}
${renderTimeline(steps, isRevealed)}
</section>
<section aria-labelledby="evidence">
<h2 id="evidence">Evidence</h2>
<div id="case-evidence" data-live-region>${renderEvidence(verification?.evidence ?? null)}</div>
${renderOperation(verifyEvidenceOperation, verificationId, request)}
</section>
${renderActions(verificationId, request, isRevealed)}`;
}

function renderCaseFacts({ verification, expiresAt }: CaseRecord): Html {
  if (verification === null) return html``;
  const { reference, providerStatus, sequence, generation, ordering, receivedAt, reasons } = verification;
  return renderFacts({
    Reference: reference,
    'Provider status': html`<code>${providerStatus}</code>`,
    'Last event': `${sequence} of generation ${generation}`,
    Attempt: ordering.attempt,
    'Last change': renderInstant(receivedAt),
    Reasons:
      reasons.length === 0
        ? null
        : html`${reasons.map(({ code, category, providerCode }) => html`${code} <span class="quiet">(${category}, ${providerCode})</span><br>`)}`,
    'Deleted after':
      expiresAt === null ? null : html`<time datetime="${expiresAt}">${expiresAt.slice(0, 10)}</time>`,
  });
}

/** Renders the button of an operation. It leads to a dry run, or to the result if the operation only reads. */
function renderOperation(
  { name, title, description, inputs }: CaseOperation,
  verificationId: string,
  request: PageRequest,
): Html {
  const action = request.href('/cases', verificationId, 'operations', name);
  const fields = inputs.map(({ name: input, label, proposed }) => {
    const id = `${name}-${input}`;
    return html`<label for="${id}">${label}</label><input id="${id}" name="${input}" type="number" min="1" value="${proposed}" required>`;
  });
  return html`<p>${description}</p>${renderForm(request, action, html`${fields}<button>${title}</button>`)}`;
}

function renderActions(verificationId: string, request: PageRequest, isRevealed: boolean): Html {
  const { href } = request;
  return html`<section aria-labelledby="actions">
<h2 id="actions">Operations</h2>
<ul class="actions">
${caseOperations
  .filter((operation) => operation !== verifyEvidenceOperation)
  .map((operation) => html`<li class="card">${renderOperation(operation, verificationId, request)}</li>`)}
${
  isRevealed
    ? ''
    : html`<li class="card"><p>Shows personal data in the timeline once. The audit records who, what and why.</p>${renderForm(
        request,
        href('/cases', verificationId, 'reveal'),
        html`${renderReasonField('reveal-reason')}<button>Reveal personal data</button>`,
      )}</li>`
}
</ul>
</section>`;
}
