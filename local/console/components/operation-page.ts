import { html } from 'hono/html';
import type { Html, PageContent, PageRequest } from '../page.ts';
import { renderForm, renderReasonField } from './form.ts';

interface OperationPage {
  readonly title: string;
  /** The page from which the operator comes. */
  readonly back: { readonly href: string; readonly text: string };
  /** `dry run`: nothing was written, and the form at the end confirms. `done`: it was done. `read`: it only reads. */
  readonly state: 'dry run' | 'done' | 'read';
  readonly content: Html;
  /** True if there is something to do, so that the dry run offers to do it. */
  readonly hasEffect: boolean;
  /** The path to which the form posts, and the fields that it sends again. */
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const explanations = {
  'dry run': 'Nothing has been done yet. This is what it would do:',
  done: 'This was done, and the audit has recorded it.',
  read: 'This only reads.',
};

/** Renders the result of an operation. After a dry run, it asks why, and then offers to do it. */
export function renderOperationPage(
  request: PageRequest,
  { title, back, state, content, hasEffect, action, fields = {} }: OperationPage,
): PageContent {
  const confirm = html`<h2>Do it?</h2>
<input type="hidden" name="confirm" value="yes">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${renderReasonField('reason')}<button class="primary">${title} now</button>`;
  return {
    title: `${title}: ${state}`,
    main: html`<p class="eyebrow"><a href="${back.href}">← ${back.text}</a></p>
<h1>${title}${state === 'read' ? '' : `: ${state}`}</h1>
<p class="notice ${state === 'done' ? 'success' : 'plain'}" role="status">${explanations[state]}</p>
${content}
${state === 'dry run' && hasEffect ? html`<section class="card confirm" aria-label="Confirm">${renderForm(request, action, confirm)}</section>` : ''}`,
  };
}
