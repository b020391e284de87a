import { html } from 'hono/html';
import { diffReaders } from '../../../shared/operations/reader-diff/diff-readers.ts';
import type { DifferentCase, ReaderDiff } from '../../../shared/operations/reader-diff/tally-differences.ts';
import * as readers from '../../../shared/operations/readers.ts';
import { buildReadersOfRevision } from '../../idv/readers-of-revision.ts';
import { parseSince } from '../../operations/parse-since.ts';
import { renderForm } from '../components/form.ts';
import { renderTable } from '../components/table.ts';
import type { ConsolePage, Href, Html, PageRequest } from '../page.ts';

const mostCases = 50;
const proposed = { against: 'HEAD', since: '7d' };

/**
 * The page of what the readers of the working tree change, compared with a git revision. It runs the code of that revision,
 * so only a form of the console starts it, although it writes nothing.
 */
export const changesPage: ConsolePage = {
  path: '/changes',
  name: 'Changes',
  async get(request) {
    return { title: 'Changes', main: renderQuestion(request, proposed) };
  },
  async post(request) {
    const { stack, form, href } = request;
    const against = form.get('against')?.trim() || proposed.against;
    const since = form.get('since')?.trim() || proposed.since;
    const from = parseSince(since, new Date());
    const before = await buildReadersOfRevision(against);
    const diff = await diffReaders(stack, {
      before,
      after: readers,
      since: from,
      provider: undefined,
      most: mostCases,
      reveal: false,
      onProgress: () => undefined,
    });
    return {
      title: 'Changes',
      main: html`${renderQuestion(request, { against, since })}${renderDiff(diff, against, href)}`,
    };
  },
};

function renderQuestion(request: PageRequest, { against, since }: typeof proposed): Html {
  const fields = html`<div><label for="against">Git revision</label><input id="against" name="against" value="${against}" required maxlength="200" autocomplete="off" spellcheck="false"></div>
<div><label for="since">Since (90m, 24h, 30d)</label><input id="since" name="since" value="${since}" required maxlength="10" autocomplete="off"></div>
<button>Compare</button>`;
  return html`<h1>Changes</h1>
<p class="lead">What the readers of the working tree change, compared with a git revision: the stored deliveries and archived results are read with both. Nothing is written. A long history takes minutes.</p>
${renderForm(request, request.href('/changes'), html`<div class="search fields">${fields}</div>`)}`;
}

function renderDiff(diff: ReaderDiff, against: string, href: Href): Html {
  const { compared, different, gone, fields, outcomes, differentCases, cases } = diff;
  return html`<p class="notice ${different === 0 ? 'success' : ''}" role="status">${compared} deliveries and results compared: ${different} differ from ${against}.${gone === 0 ? '' : ` ${gone} could not be compared, because their bytes are gone.`}</p>
${
  different === 0
    ? ''
    : html`<div class="pair">
<section class="card" aria-labelledby="fields"><h2 id="fields">By field</h2>${renderTable({
        caption: 'By field',
        columns: ['Field', 'Count'],
        rows: Object.entries(fields).map(([field, count]) => [html`<code>${field}</code>`, count]),
        empty: 'No field differs.',
      })}</section>
<section class="card" aria-labelledby="outcomes"><h2 id="outcomes">By outcome</h2>${renderTable({
        caption: 'By outcome',
        columns: [against, 'Working tree', 'Count'],
        rows: outcomes.map(({ before, after, count }) => [
          before,
          before === after ? 'the same' : after,
          count,
        ]),
        empty: 'No outcome differs.',
      })}</section></div>
<section aria-labelledby="cases"><h2 id="cases">By case</h2>
${cases.map((each) => renderDifferentCase(each, href))}
${differentCases > cases.length ? html`<p>${differentCases - cases.length} more cases differ. "idv diff-normalizer --max" lists them.</p>` : ''}</section>`
}`;
}

function renderDifferentCase({ subject, source, before, after, leaves }: DifferentCase, href: Href): Html {
  const isCase = !subject.startsWith('quarantine:');
  return html`<article class="card"><h3>${isCase ? html`<a href="${href('/cases', subject)}"><code>${subject}</code></a>` : 'No case named'}</h3>
<p class="path">${source} · ${before === after ? before : `${before} → ${after}`}</p>
${renderTable({
  caption: `Differences of ${subject}`,
  columns: ['Field', 'Before', 'After'],
  rows: leaves.map((leaf) => [
    html`<code>${leaf.path}</code>`,
    html`<code>${formatValue(leaf.before)}</code>`,
    html`<code>${formatValue(leaf.after)}</code>`,
  ]),
  empty: 'No field differs.',
})}</article>`;
}

const formatValue = (value: unknown) => (value === undefined ? '(absent)' : JSON.stringify(value));
