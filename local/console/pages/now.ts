import { html } from 'hono/html';
import {
  readStageNumbers,
  type StageNumbers,
  type Values,
} from '../../../shared/operations/metrics/stage-numbers.ts';
import { clockAndIdGenerator } from '../../../shared/platform/clients.ts';
import { renderBadge } from '../components/badge.ts';
import { renderFaults } from '../components/faults.ts';
import { renderSparkline } from '../components/sparkline.ts';
import { renderTable } from '../components/table.ts';
import { formatDuration } from '../components/time.ts';
import { examineStack } from '../examine-stack.ts';
import type { ConsolePage, Href, Html } from '../page.ts';

const minuteMs = 60_000;
const liveMs = 5000;

/** The periods that the page can show: their length, and the length of one bar. */
const windows = {
  quarter: { name: 'Last 15 minutes', minutes: 15, barMinutes: 1 },
  hour: { name: 'Last hour', minutes: 60, barMinutes: 1 },
  day: { name: 'Last 24 hours', minutes: 24 * 60, barMinutes: 30 },
} as const;

/** The first page: what waits for a person, and how the stage does now. */
export const nowPage: ConsolePage = {
  path: '/',
  name: 'Now',
  async get({ stack, query, href, isLive }) {
    const name = readWindow(query.get('window')) ?? (isLive ? 'quarter' : 'hour');
    const { minutes, barMinutes } = windows[name];
    const until = clockAndIdGenerator.now();
    const since = new Date(until.getTime() - (minutes - barMinutes) * minuteMs);
    const [numbers, examined] = await Promise.all([
      readStageNumbers(stack, { since, until, periodSeconds: barMinutes * 60 }),
      examineStack(stack, until),
    ]);
    return {
      title: 'Now',
      ...(isLive ? { liveMs } : {}),
      main: html`<h1>Now</h1>
<div id="waiting" data-live-region>${renderFaults(examined, stack, href)}</div>
<section aria-labelledby="numbers"><div class="heading"><h2 id="numbers">Numbers</h2>${renderWindows(name, href)}</div>
<div id="tiles" class="tiles" data-live-region>${renderTiles(numbers, windows[name].name.toLowerCase())}</div></section>
<section aria-labelledby="providers"><h2 id="providers">Providers</h2>
<div id="provider-table" data-live-region>${renderProviders(numbers)}</div></section>`,
    };
  },
};

type WindowName = keyof typeof windows;

const readWindow = (given: string | null): WindowName | undefined =>
  (Object.keys(windows) as WindowName[]).find((name) => name === given);

function renderWindows(current: WindowName, href: Href): Html {
  return html`<ul class="choices" aria-label="Period">${Object.entries(windows).map(
    ([key, { name }]) =>
      html`<li><a href="${href('/')}?window=${key}"${key === current ? html` aria-current="true"` : ''}>${name}</a></li>`,
  )}</ul>`;
}

function renderTiles({ total, relayLag }: StageNumbers, period: string): Html {
  const lag = Math.max(...relayLag);
  return html`${[
    renderTile('Deliveries accepted', total.accepted, period),
    renderTile('Dropped', total.dropped, period, 'duplicate or stale'),
    renderTile('Quarantined', total.quarantined, period, 'not understood'),
    renderTile('Refused', total.refused, period, 'address or credential'),
    renderTile('Relay lag', relayLag, period, 'the longest, write to event', formatDuration(lag * 1000)),
    renderTile('Evidence archived', total.evidenceArchived, period, `${sum(total.evidenceFailed)} given up`),
    renderTile('Overdue cases', total.overdue, period, 'the last lookup found nothing'),
    renderTile('Failed logins', total.loginsFailed, period, "at a provider's API"),
  ]}`;
}

function renderTile(
  name: string,
  values: Values,
  period: string,
  note = '',
  shown = String(sum(values)),
): Html {
  const label = `${name} in the ${period}: ${shown}, at most ${Math.max(...values)} in one bar`;
  return html`<div class="card tile"><h3 class="tile-name">${name}</h3><p class="number">${shown}</p><p class="note">${note === '' ? ' ' : note}</p>${renderSparkline(values, label)}</div>`;
}

function renderProviders({ providers }: StageNumbers): Html {
  return renderTable({
    caption: 'Providers',
    columns: [
      'Provider',
      'Accepted over time',
      'Accepted',
      'Dropped',
      'Quarantined',
      'Refused',
      'Archived',
      'Given up',
      'Logins',
    ],
    rows: providers.map(({ provider, counts }) => [
      html`<strong>${provider}</strong>`,
      renderSparkline(counts.accepted, `Accepted deliveries of ${provider}`),
      sum(counts.accepted),
      sum(counts.dropped),
      sum(counts.quarantined),
      sum(counts.refused),
      sum(counts.evidenceArchived),
      sum(counts.evidenceFailed),
      sum(counts.loginsFailed) === 0
        ? renderBadge('good', 'good')
        : renderBadge(`${sum(counts.loginsFailed)} failed`, 'bad'),
    ]),
    empty: 'The stage has no provider.',
  });
}

const sum = (values: Values) => values.reduce((total, value) => total + value, 0);
