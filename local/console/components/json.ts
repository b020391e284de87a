import { html } from 'hono/html';
import type { Html } from '../page.ts';

/** Renders a JSON value with its structure and colours. */
export function renderJson(value: unknown, label: string): Html {
  return html`<pre class="json" tabindex="0" role="region" aria-label="${label}">${render(value, '')}</pre>`;
}

function render(value: unknown, indent: string): Html {
  if (Array.isArray(value)) {
    const members = value.map((each) => render(each, `${indent}  `));
    return renderMembers('[', members, ']', indent);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, each]) =>
        html`<span class="name">${JSON.stringify(name)}</span>: ${render(each, `${indent}  `)}`,
    );
    return renderMembers('{', members, '}', indent);
  }
  const kind = value === '•••' ? 'masked' : typeof value === 'string' ? 'text' : 'constant';
  return html`<span class="${kind}">${value === '•••' ? value : (JSON.stringify(value) ?? 'undefined')}</span>`;
}

function renderMembers(open: string, members: readonly Html[], close: string, indent: string): Html {
  if (members.length === 0) return html`${open}${close}`;
  const lines = members.map(
    (member, index) => html`\n${indent}  ${member}${index < members.length - 1 ? ',' : ''}`,
  );
  return html`${open}${lines}\n${indent}${close}`;
}
