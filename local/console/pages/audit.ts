import { html } from 'hono/html';
import { type AuditEntry, readAudit } from '../../../shared/operations/audit/audit.ts';
import { renderBadge } from '../components/badge.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import type { ConsolePage, Href, PageRequest } from '../page.ts';

/** The maximum number of operations on the page. */
const maxEntries = 200;

/** The page of what operators did: who, when, what and why. */
export const auditPage: ConsolePage = {
  path: '/audit',
  name: 'Audit',
  async get({ stack, query, href }: PageRequest) {
    const month = readMonth(query.get('month'));
    const entries: AuditEntry[] = [];
    for await (const entry of readAudit(stack, month)) {
      entries.push(entry);
      if (entries.length === maxEntries) break;
    }
    return {
      title: 'Audit',
      main: html`<h1>Audit</h1>
<p class="lead">What operators did, and why. Each operation that writes and each look at personal data has a row.</p>
<form method="get" action="${href('/audit')}" class="search">
<label for="month">Month</label><input id="month" name="month" type="month" value="${month}" required pattern="[0-9]{4}-[0-9]{2}">
<button>Show</button>
</form>
${renderTable({
  caption: `Operations of ${month}`,
  columns: ['When', 'Who', 'What', 'Case', 'Why', 'Result'],
  rows: entries.map((entry) => renderEntry(entry, href)),
  empty: `No operation is recorded in ${month}.`,
})}
${entries.length === maxEntries ? html`<p>These are the newest ${maxEntries} operations of the month.</p>` : ''}`,
    };
  },
};

function renderEntry({ at, operator, action, verificationId, reason, result }: AuditEntry, href: Href) {
  return [
    renderInstant(at),
    operator,
    renderBadge(action),
    verificationId === null ? null : html`<a href="${href('/cases', verificationId)}">${verificationId}</a>`,
    reason,
    result,
  ];
}

function readMonth(given: string | null): string {
  return given !== null && /^\d{4}-\d{2}$/.test(given) ? given : new Date().toISOString().slice(0, 7);
}
