import { html } from 'hono/html';
import type { Html } from '../page.ts';

/** Renders names and their values. A value of null is left out. */
export function renderFacts(facts: Readonly<Record<string, Html | string | number | null>>): Html {
  return html`<dl class="facts">${Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
