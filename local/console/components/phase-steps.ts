import { html } from 'hono/html';
import { Phase } from '../../../shared/contract/state.ts';
import type { Html } from '../page.ts';

const names: Readonly<Record<Phase, string>> = {
  created: 'Created',
  in_progress: 'In progress',
  submitted: 'Submitted',
  in_review: 'In review',
  completed: 'Completed',
};

/** Renders how far a case is, as a list of all phases. A case may skip phases. */
export function renderPhaseSteps(current: Phase): Html {
  const reached = Phase.options.indexOf(current);
  return html`<ol class="phases" aria-label="Phase">${Phase.options.map((phase, index) => {
    const state = index < reached ? 'before' : index === reached ? 'current' : 'after';
    return html`<li class="${state}"${state === 'current' ? html` aria-current="step"` : ''}>${names[phase]}</li>`;
  })}</ol>`;
}
