import { html } from 'hono/html';
import { listProblems, verifyEvidence } from '../../../shared/operations/evidence/verify-evidence.ts';
import { formatBytes } from '../../terminal.ts';
import { renderTable } from '../components/table.ts';
import type { CaseOperation } from './case-operation.ts';

/** Reads the archives of a case back, and checks them. */
export const verifyEvidenceOperation: CaseOperation = {
  name: 'verify-evidence',
  title: 'Verify evidence',
  description:
    'Reads the archive back, and checks hashes, manifest, events, versions, signatures and locks. Writes nothing.',
  inputs: [],
  async plan({ stack, record }) {
    const verified = await verifyEvidence(stack, record);
    const problems = listProblems(verified);
    const content = html`${
      problems.length > 0
        ? html`<div class="notice problem" role="alert"><p><strong>The archive is not as its events say.</strong></p><ul>${problems.map((each) => html`<li>${each}</li>`)}</ul></div>`
        : verified.archives.length === 0
          ? html`<p class="notice">The case has no archive, so there is nothing to verify.</p>`
          : html`<p class="notice success">The evidence is as its events say.</p>`
    }
${renderTable({
  caption: 'Archives',
  columns: ['Manifest', 'Artifacts', 'Size', 'Signature', 'Locked until'],
  rows: verified.archives.map(({ manifest, artifacts, bytes, signature, lockedUntil }) => [
    html`<code class="path">${manifest}</code>`,
    artifacts,
    formatBytes(bytes),
    signature,
    lockedUntil ?? 'not locked',
  ]),
  empty: 'No archive.',
})}`;
    return { content, hasEffect: false };
  },
  perform: null,
};
