import { html } from 'hono/html';
import type { Href, Html, PageContent } from './page.ts';
import { pages } from './pages.ts';

interface Layout {
  readonly content: PageContent;
  /** The name of the stage; null if it is unknown, because the stack cannot be reached. */
  readonly stageName: string | null;
  readonly href: Href;
  /** The path of the page below the console. */
  readonly path: string;
}

/** Renders the document around the content of a page. */
export function renderLayout({ content, stageName, href, path }: Layout): Html {
  const { title, main, liveMs } = content;
  const stage = stageName ?? 'not connected';
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · idv ${stage}</title>
<link rel="icon" href="${href('/assets/icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${href('/assets/console.css')}">
<script src="${href('/assets/console.js')}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="frame"><div>
<a class="brand" href="${href('/')}"><span class="mark" aria-hidden="true"></span>idv <span class="quiet">console</span></a>
<p class="stage ${stageName === 'local' ? 'local' : 'deployed'}"><span class="quiet">stage</span> ${stage}</p>
<nav aria-label="Pages"><ul>${pages
    .filter(({ name }) => name !== null)
    .map(
      (page) =>
        html`<li><a href="${href(page.path)}"${isCurrent(page.path, path) ? html` aria-current="page"` : ''}>${page.name}</a></li>`,
    )}</ul></nav>
</div></header>
<main id="main" tabindex="-1"${liveMs === undefined ? '' : html` data-live-ms="${liveMs}"`}>${main}</main>
<footer><p>All times are UTC. Personal data is masked until you reveal it, which the audit records.</p></footer>
</body>
</html>`;
}

/** The page of a case belongs to `Cases`. */
const isCurrent = (page: string, path: string) =>
  page === '/' ? path === '' || path === '/' : path === page || path.startsWith(`${page}/`);
