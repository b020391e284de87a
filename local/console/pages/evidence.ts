import { html } from 'hono/html';
import { findRecentCases } from '../../../shared/operations/case/recent-cases.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import { renderEvidenceStatus } from '../components/evidence.ts';
import { renderForm } from '../components/form.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import { verifyEvidenceOperation } from '../operations/verify-evidence.ts';
import type { ConsolePage, PageRequest } from '../page.ts';

/** Reading 500 rows costs about 200 read units. */
const recent = { limit: 500, maxRows: 500 };

/** The page of the archives: what failed first, then what is pending, then what is archived. */
export const evidencePage: ConsolePage = {
  path: '/evidence',
  name: 'Evidence',
  async get(request) {
    const { stack } = request;
    const { cases, isComplete } = await findRecentCases(stack, recent);
    const withEvidence = cases.filter(({ evidence }) => evidence !== null);
    const order = ['failed', 'pending', 'archived'];
    const sorted = withEvidence.toSorted(
      (a, b) => order.indexOf(a.evidence?.status ?? '') - order.indexOf(b.evidence?.status ?? ''),
    );
    const lock = stack.evidenceLock;
    return {
      title: 'Evidence',
      main: html`<h1>Evidence</h1>
<p class="lead">The archive in <code>s3://${stack.evidenceBucket}/evidence/</code>. ${lock === null ? 'The stage locks no objects.' : `Each new object is locked in ${lock.mode} mode for ${lock.days} days.`} Verification reads an archive back and recomputes all hashes; "idv verify-evidence --all" does it for the whole stage.</p>
${renderTable({
  caption: 'Evidence of cases, failed jobs first',
  columns: ['Case', 'Evidence', 'Artifacts', 'Missing', 'Last change', 'Verification'],
  rows: sorted.map((each) => renderCase(each, request)),
  empty: 'No event has requested evidence yet.',
})}
${isComplete ? '' : html`<p>The table has more than ${recent.maxRows} rows, so cases are missing here. Search for a case by id or by reference.</p>`}`,
    };
  },
};

function renderCase({ verificationId, evidence, receivedAt }: Verification, request: PageRequest) {
  const { href } = request;
  const verify = href('/cases', verificationId, 'operations', verifyEvidenceOperation.name);
  return [
    html`<a href="${href('/cases', verificationId)}"><code>${verificationId}</code></a>`,
    html`<span class="badges">${renderEvidenceStatus(evidence)}${evidence?.reason ?? ''}</span>`,
    evidence?.artifacts.length ?? 0,
    evidence?.missing.length ?? 0,
    renderInstant(receivedAt),
    evidence?.manifest == null
      ? null
      : renderForm(
          request,
          verify,
          html`<button>Verify<span class="hidden"> ${verificationId}</span></button>`,
        ),
  ];
}
