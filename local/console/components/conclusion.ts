import { html } from 'hono/html';
import type { Conclusion } from '../../../shared/operations/case/conclude-case.ts';
import type { Html } from '../page.ts';

/** Renders why a case is where it is, and what would change it. */
export function renderConclusion({ why, whatNext }: Conclusion): Html {
  return html`<div class="pair">
<section class="card" aria-labelledby="why"><h2 id="why">Why is it here?</h2>${renderSentences(why)}</section>
<section class="card" aria-labelledby="next"><h2 id="next">What would change it?</h2>${renderSentences(whatNext)}</section>
</div>`;
}

function renderSentences(sentences: readonly string[]): Html {
  const [first = 'Nothing.', ...others] = sentences;
  return html`<p class="lead">${first}</p>${others.length === 0 ? '' : html`<ul class="sentences">${others.map((each) => html`<li>${each}</li>`)}</ul>`}`;
}
