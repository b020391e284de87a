import { html } from 'hono/html';
import type { TimelineEntry } from '../../../shared/operations/case/explain-case.ts';
import type { Html } from '../page.ts';
import { renderBadge, renderState, type Tone } from './badge.ts';
import { renderBodies, type ShownBody } from './bodies.ts';
import { formatDuration, renderTimeOfDay } from './time.ts';

export interface TimelineStep {
  readonly entry: TimelineEntry;
  /** The raw body of the delivery; null if the step has none. */
  readonly body: ShownBody | null;
}

/** Renders what happened to a case, oldest first. Each step says what came, what was decided and why. */
export function renderTimeline(steps: readonly TimelineStep[], isRevealed: boolean): Html {
  if (steps.length === 0) return html`<p class="empty">Nothing has happened.</p>`;
  return html`<ol class="timeline">${steps.map((step, index) => renderStep(step, steps[index - 1], index, isRevealed))}</ol>`;
}

function renderStep(
  { entry, body }: TimelineStep,
  before: TimelineStep | undefined,
  index: number,
  isRevealed: boolean,
): Html {
  const { at, decision, reason, meaning, delivery, event } = entry;
  const day = at.slice(0, 10);
  const isNewDay = before?.entry.at.slice(0, 10) !== day;
  return html`<li class="step ${kindOf(entry)}" id="step-${index}">
<div class="when">${isNewDay ? html`<span class="day">${day}</span>` : ''}${renderTimeOfDay(at)}${before === undefined ? '' : html`<span class="gap">+${formatDuration(Math.max(0, Date.parse(at) - Date.parse(before.entry.at)))}</span>`}</div>
<div class="what">
<h3>${event === null ? titles[decision] : titleOf(event.type)} ${event === null ? '' : html`<span class="sequence">event ${event.data.sequence}</span>`}</h3>
<p class="badges">${renderBadge(decision, decisionTones[decision])}${reason === null ? '' : renderBadge(reason)}${event === null ? '' : html`<span class="arrow" aria-hidden="true">→</span>${renderState(event.data)}`}</p>
<p>${meaning}</p>
${event === null || event.data.changed.length === 0 ? '' : html`<p class="origin">Changed: ${event.data.changed.join(', ')}</p>`}
${delivery === null ? html`<p class="origin">From a job of ours, not from a delivery.</p>` : ''}
${renderBodies({ id: `bodies-${index}`, delivery, body, event, isRevealed })}
</div>
</li>`;
}

const decisionTones: Readonly<Record<TimelineEntry['decision'], Tone>> = {
  accepted: 'active',
  duplicate: 'neutral',
  stale: 'neutral',
  quarantined: 'warning',
};

const titles: Readonly<Record<TimelineEntry['decision'], string>> = {
  accepted: 'Accepted without an event',
  duplicate: 'Duplicate dropped',
  stale: 'Stale delivery dropped',
  quarantined: 'Delivery quarantined',
};

/** @example titleOf('idv.verification.decided.v1') returns 'Verification decided' */
function titleOf(type: string): string {
  const words = type.replace(/^idv\.|\.v1$/g, '').replace('.', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Chooses the marker of a step: its shape tells an event from a dropped delivery, without colour. */
function kindOf({ event, decision }: TimelineEntry): string {
  if (event === null) return decision === 'quarantined' ? 'quarantined' : 'dropped';
  if (event.type.startsWith('idv.evidence.')) return 'evidence';
  return event.data.finality === 'final' ? `final ${event.data.outcome ?? ''}` : 'event';
}
