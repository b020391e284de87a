import { html } from 'hono/html';
import { createRunbookLinks } from '../../../infra/monitoring/runbook.ts';
import type { Fault } from '../../../shared/operations/doctor/diagnose.ts';
import type { OperatedStack } from '../../../shared/operations/stack/operated-stack.ts';
import type { ExaminedStack } from '../examine-stack.ts';
import type { Href, Html } from '../page.ts';
import { renderBadge } from './badge.ts';

/** Renders what waits for a person. It stays until somebody has dealt with it. */
export function renderFaults(
  { faults, failures }: ExaminedStack,
  { runbookUrl }: Pick<OperatedStack, 'runbookUrl'>,
  href: Href,
): Html {
  const unknown = Object.entries(failures).map(([part, error]) => `${part} (${error})`);
  const notChecked =
    unknown.length === 0 ? '' : html`<p class="notice">Not checked: ${unknown.join(', ')}</p>`;
  if (faults.length === 0) return html`<p class="notice success">Nothing waits for you.</p>${notChecked}`;
  const link = createRunbookLinks(runbookUrl);
  return html`<section class="card" aria-labelledby="waits"><h2 id="waits">Waits for you</h2><ul class="waiting">${faults.map(
    (fault) => renderFault(fault, link(fault.runbook), href),
  )}</ul></section>${notChecked}`;
}

/** The page that shows more about a fault, by the command that does. */
const pagesOfCommands: Readonly<Record<string, string>> = {
  'idv quarantine': '/quarantine',
  'idv redrive': '/queues',
  'idv refused': '/refused',
};

function renderFault({ urgency, what, meaning, command }: Fault, runbook: string, href: Href): Html {
  const page = pagesOfCommands[command?.split(' ').slice(0, 2).join(' ') ?? ''];
  const title = page === undefined ? what : html`<a href="${href(page)}">${what}</a>`;
  const help = runbook.startsWith('https://')
    ? html`<a href="${runbook}" rel="noreferrer">Runbook</a>`
    : html`<code>${runbook}</code>`;
  return html`<li>${renderBadge(urgency, urgency === 'urgent' ? 'bad' : 'warning')}<div><strong>${title}</strong><p class="meaning">${meaning} ${help}</p></div></li>`;
}
