import { html } from 'hono/html';
import { readCaseRecord } from '../../../shared/operations/case/case-record.ts';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import { findCasesByReference } from '../../../shared/operations/case/find-cases.ts';
import { findRecentCases } from '../../../shared/operations/case/recent-cases.ts';
import { IdvError } from '../../../shared/platform/errors.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import { renderState } from '../components/badge.ts';
import { renderEvidenceStatus } from '../components/evidence.ts';
import { renderTable } from '../components/table.ts';
import { renderInstant } from '../components/time.ts';
import type { ConsolePage, Href, Html, PageRequest } from '../page.ts';

/** Reading 500 rows costs about 200 read units. */
const recent = { limit: 50, maxRows: 500 };
const liveMs = 2000;

/** The page that finds cases: by id, by the caller's reference, or among those that changed last. */
export const casesPage: ConsolePage = {
  path: '/cases',
  name: 'Cases',
  async get({ stack, query, href, isLive }: PageRequest) {
    const search = query.get('search')?.trim() ?? '';
    const heading = html`<h1>Cases</h1>${renderSearch(search, href)}`;
    if (search === '') {
      const { cases, isComplete } = await findRecentCases(stack, recent);
      return {
        title: 'Cases',
        ...(isLive ? { liveMs } : {}),
        main: html`${heading}<section aria-labelledby="recent" id="recent-cases" data-live-region>
<h2 id="recent">Recent cases</h2>
${renderCases(cases, href)}
${isComplete ? '' : html`<p>The table has more than ${recent.maxRows} rows, so newer cases may be missing here. Search by id or by reference.</p>`}
</section>`,
      };
    }
    return { title: `Search for ${search}`, ...(await findCases(stack, search, href, heading)) };
  },
};

async function findCases(stack: PageRequest['stack'], search: string, href: Href, heading: Html) {
  const byReference = await findCasesByReference(stack, search);
  const found = await Promise.all(
    [...new Set([search, ...byReference])].map((id) => readCaseRecord(stack, id)),
  );
  const records = found.filter((record) => record !== null);
  if (records.length === 0)
    return { status: 404 as const, main: html`${heading}${await explain(stack, search)}` };
  return {
    main: html`${heading}<h2>Found</h2>${renderTable({
      caption: 'Found cases',
      columns: ['Case', 'State', 'Reference'],
      rows: records.map(({ verificationId, verification }) => [
        html`<a href="${href('/cases', verificationId)}"><code>${verificationId}</code></a>`,
        verification === null ? 'no state' : renderState(verification),
        verification?.reference ?? null,
      ]),
      empty: '',
    })}`,
  };
}

/** Explains what is wrong with the id, as "idv explain" does. */
async function explain(stack: PageRequest['stack'], search: string): Promise<Html> {
  try {
    await chooseCase(stack, search);
    return html``;
  } catch (error) {
    if (!(error instanceof IdvError)) throw error;
    return html`<p class="notice problem" role="alert">${error.message}</p>`;
  }
}

function renderSearch(search: string, href: Href): Html {
  return html`<form method="get" action="${href('/cases')}" class="search" role="search">
<label for="search">Id of the case, or your reference</label>
<input id="search" name="search" type="search" value="${search}" required maxlength="300" autocomplete="off" spellcheck="false" placeholder="idnow:demo:txn-1">
<button>Search</button>
</form>`;
}

function renderCases(cases: readonly Verification[], href: Href): Html {
  return renderTable({
    caption: 'Recent cases, newest change first',
    columns: ['Case', 'State', 'Evidence', 'Reference', 'Last change'],
    rows: cases.map((each) => [
      html`<a href="${href('/cases', each.verificationId)}"><code>${each.verificationId}</code></a>`,
      renderState(each),
      renderEvidenceStatus(each.evidence),
      each.reference,
      renderInstant(each.receivedAt),
    ]),
    empty: 'There is no case yet. On the local stack, "npm run simulate" plays one.',
  });
}
