import { html } from 'hono/html';
import type { VerificationState } from '../../../shared/contract/state.ts';
import type { Html } from '../page.ts';

/** How a badge is coloured. The text says the same, so nobody has to see the colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'active' | 'neutral';

export function renderBadge(text: string, tone: Tone = 'neutral'): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}

const outcomeTones: Readonly<Record<NonNullable<VerificationState['outcome']>, Tone>> = {
  approved: 'good',
  declined: 'bad',
  abandoned: 'neutral',
  canceled: 'neutral',
  expired: 'warning',
  error: 'bad',
};

/** Renders the state of a case: its outcome, or its phase while it is open, its finality and its flags. */
export function renderState({
  phase,
  outcome,
  finality,
  flags,
}: Pick<VerificationState, 'phase' | 'outcome' | 'finality' | 'flags'>): Html {
  const first = outcome === null ? renderBadge(phase, 'active') : renderBadge(outcome, outcomeTones[outcome]);
  return html`<span class="badges">${first}${renderBadge(finality)}${flags.map((flag) =>
    renderBadge(flag, flag === 'retry_allowed' ? 'neutral' : 'warning'),
  )}</span>`;
}
