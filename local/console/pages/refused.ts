import { html } from 'hono/html';
import {
  groupRefusedRequests,
  type RefusedGroup,
  refusalGroupings,
} from '../../../shared/operations/requests/group-refused.ts';
import { clockAndIdGenerator } from '../../../shared/platform/clients.ts';
import { parseSince } from '../../operations/parse-since.ts';
import { renderBadge } from '../components/badge.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import type { ConsolePage } from '../page.ts';

const periods = {
  '1h': 'the last hour',
  '6h': 'the last 6 hours',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
};
const groupingNames = { reason: 'reason', address: 'source address', path: 'path' };

/** The page of the requests that were answered with an error, grouped. */
export const refusedPage: ConsolePage = {
  path: '/refused',
  name: 'Refused',
  async get({ stack, query, href }) {
    const since = Object.keys(periods).find((each) => each === query.get('since')) ?? '6h';
    const by = refusalGroupings.find((each) => each === query.get('by')) ?? 'reason';
    const from = parseSince(since, clockAndIdGenerator.now());
    const groups = groupRefusedRequests(await stack.requests.read({ since: from, refusedOnly: true }), by);
    return {
      title: 'Refused',
      main: html`<h1>Refused</h1>
<p class="lead">Requests that were answered with 4xx or 5xx, from the access log and the logs of the receivers. Paths of signed URLs are not logged.</p>
<form method="get" action="${href('/refused')}" class="search fields">
<div><label for="since">Since</label>${renderSelect('since', periods, since)}</div>
<div><label for="by">Grouped by</label>${renderSelect('by', groupingNames, by)}</div>
<button>Show</button>
</form>
${renderTable({
  caption: `Refused requests by ${groupingNames[by]}`,
  columns: [groupingNames[by], 'Requests', 'Status', 'Provider', 'First', 'Last'],
  rows: groups.map(renderGroup),
  empty: `No request was refused in ${periods[since as keyof typeof periods]}.`,
})}`,
    };
  },
};

function renderSelect(name: string, options: Readonly<Record<string, string>>, selected: string) {
  return html`<select id="${name}" name="${name}">${Object.entries(options).map(
    ([value, text]) =>
      html`<option value="${value}"${value === selected ? html` selected` : ''}>${text}</option>`,
  )}</select>`;
}

function renderGroup({ group, count, statuses, providers, first, last }: RefusedGroup) {
  const badges = statuses.map((status) => renderBadge(String(status), status >= 500 ? 'bad' : 'warning'));
  return [
    html`<code>${group}</code>`,
    count,
    html`<span class="badges">${badges}</span>`,
    providers.join(', '),
    renderInstant(first),
    renderInstant(last),
  ];
}
