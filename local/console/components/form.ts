import { html } from 'hono/html';
import type { Html, PageRequest } from '../page.ts';
import { formTokenField } from '../security/refuse-foreign-posts.ts';

/** Renders a form that posts to the console. The token shows that the console made it. */
export function renderForm(
  { formToken }: Pick<PageRequest, 'formToken'>,
  action: string,
  content: Html,
): Html {
  return html`<form method="post" action="${action}">
<input type="hidden" name="${formTokenField}" value="${formToken}">
${content}
</form>`;
}

/** Renders the field in which operators say why they do something. The audit keeps the text. */
export function renderReasonField(id: string, label = 'Why? The audit keeps it; no personal data'): Html {
  return html`<label for="${id}">${label}</label>
<input id="${id}" name="reason" required maxlength="200" autocomplete="off">`;
}
