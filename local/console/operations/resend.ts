import { html } from 'hono/html';
import {
  chooseEvents,
  type EventsToResend,
  resendEvents,
} from '../../../shared/operations/resend/resend-events.ts';
import { renderState } from '../components/badge.ts';
import { renderTable } from '../components/table.ts';
import type { CaseOperation, OperatedCase } from './case-operation.ts';

/** Sends the published events of a case again. */
export const resendOperation: CaseOperation = {
  name: 'resend',
  title: 'Resend',
  description:
    'Sends the events of the case to consumers again, with the same ids and sequences. Begins with a dry run.',
  inputs: [{ name: 'from', label: 'From event', proposed: 1 }],
  async plan(operated) {
    return { content: renderEvents(choose(operated)), hasEffect: true };
  },
  async perform(operated, reason) {
    const chosen = choose(operated);
    const sent = await resendEvents(operated.stack, chosen, reason);
    return {
      content: html`<p class="lead">${sent} events sent.</p>${renderEvents(chosen)}`,
      hasEffect: false,
    };
  },
};

const choose = ({ record, values }: OperatedCase) =>
  chooseEvents(record, { from: values.from ?? 1, generation: undefined });

function renderEvents({ generation, events, missing }: EventsToResend) {
  return html`${renderTable({
    caption: `Events of generation ${generation}`,
    columns: ['Event', 'Type', 'State'],
    rows: events.map(({ event }) => [
      event.data.sequence,
      html`<code>${event.type}</code>`,
      renderState(event.data),
    ]),
    empty: 'There is no event to send.',
  })}
${missing.length === 0 ? '' : html`<p class="notice">The history does not have the events ${missing.join(', ')}: they are not sent.</p>`}`;
}
