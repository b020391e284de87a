import { html } from 'hono/html';
import { type OperatedQueue, readQueues } from '../../../shared/operations/queues/read-queues.ts';
import { renderBadge } from '../components/badge.ts';
import { renderForm } from '../components/form.ts';
import { renderTable } from '../components/table.ts';
import type { ConsolePage } from '../page.ts';

const liveMs = 3000;

/** The page of the queues and their dead letters. */
export const queuesPage: ConsolePage = {
  path: '/queues',
  name: 'Queues',
  async get(request) {
    const { stack, isLive, href } = request;
    const queues = await readQueues(stack);
    const redrive = (kind: string) =>
      renderForm(request, href('/queues', 'redrive', kind), html`<button>Redrive ${kind}</button>`);
    return {
      title: 'Queues',
      ...(isLive ? { liveMs } : {}),
      main: html`<h1>Queues</h1>
<p class="lead">What waits, and what is no longer tried. SQS counts approximately.</p>
<div id="queues" data-live-region>${renderTable({
        caption: 'Queues',
        columns: ['Queue', 'Waiting', 'In flight', 'Delayed', 'Dead letters'],
        rows: queues.map(renderQueue),
        empty: 'The stack has no queue.',
      })}</div>
<section aria-labelledby="redrive"><h2 id="redrive">Redrive</h2>
<p class="lead">Sends dead letters and parked messages to their queues again. Begins with a dry run, which counts them by cause. While jobs are counted, nobody else receives them.</p>
<div class="buttons">${redrive('events')}${redrive('evidence')}</div></section>`,
    };
  },
};

function renderQueue({ name, queueUrl, waiting, inFlight, delayed, deadLetters }: OperatedQueue) {
  return [
    html`${name}<br><span class="path">${queueUrl.split('/').at(-1)}</span>`,
    waiting,
    inFlight,
    delayed,
    renderBadge(deadLetters === 0 ? 'none' : String(deadLetters), deadLetters === 0 ? 'good' : 'bad'),
  ];
}
