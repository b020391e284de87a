import { html } from 'hono/html';
import {
  groupQuarantine,
  type QuarantineGroup,
} from '../../../shared/operations/quarantine/list-quarantine.ts';
import { readOpenQuarantine } from '../../../shared/operations/quarantine/open-quarantine.ts';
import { createReaders } from '../../../shared/operations/reading/reader-of.ts';
import { renderBadge } from '../components/badge.ts';
import { renderForm } from '../components/form.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import type { ConsolePage, PageRequest } from '../page.ts';

/** The page of the deliveries that are authentic but not understood, by cause. */
export const quarantinePage: ConsolePage = {
  path: '/quarantine',
  name: 'Quarantine',
  async get(request) {
    const { stack } = request;
    const groups = await groupQuarantine(readOpenQuarantine(stack, createReaders(stack)));
    const open = groups.reduce((sum, { count }) => sum + count, 0);
    const understood = groups.reduce((sum, group) => sum + group.understood, 0);
    return {
      title: 'Quarantine',
      main: html`<h1>Quarantine</h1>
<p class="lead">Deliveries that are authentic but not understood. Their raw bodies are kept until a version that understands them replays them.</p>
${open === 0 ? '' : html`<p class="notice">${open} ${open === 1 ? 'delivery waits' : 'deliveries wait'}. The readers of this version understand ${understood} of them now.</p>`}
${renderTable({
  caption: 'Open quarantine by cause',
  columns: ['Cause', 'Provider', 'Waiting', 'Understood now', 'First and last', 'Example', 'Operations'],
  rows: groups.map((group) => renderGroup(group, request)),
  empty: 'The quarantine is empty: every authentic delivery was understood, or somebody has dealt with it.',
})}`,
    };
  },
};

function renderGroup(group: QuarantineGroup, request: PageRequest) {
  const { cause, provider, count, understood, oldest, newest, example } = group;
  const { href } = request;
  const fields = html`<input type="hidden" name="cause" value="${cause}"><input type="hidden" name="provider" value="${provider}">`;
  const about = html`<span class="hidden"> ${cause} of ${provider}</span>`;
  return [
    html`<code>${cause}</code>`,
    provider,
    count,
    renderBadge(`${understood} of ${count}`, understood > 0 ? 'good' : 'neutral'),
    oldest === newest ? renderInstant(oldest) : html`${renderInstant(oldest)}<br>${renderInstant(newest)}`,
    html`<a href="${href('/deliveries', example)}">Show<span class="hidden"> delivery ${example}</span></a>`,
    html`<span class="buttons">${renderForm(request, href('/quarantine', 'replay'), html`${fields}<button>Replay${about}</button>`)}
${renderForm(request, href('/quarantine', 'resolve'), html`${fields}<button>Resolve${about}</button>`)}</span>`,
  ];
}
