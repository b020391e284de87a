import { html } from 'hono/html';
import type { Html } from '../page.ts';

/** Renders an ISO 8601 instant in UTC with its day. @example '2026-11-22 10:14:58' */
export function renderInstant(at: string): Html {
  return html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')}</time>`;
}

/** Renders the time of day of an ISO 8601 instant, to the millisecond. */
export function renderTimeOfDay(at: string): Html {
  return html`<time datetime="${at}">${at.slice(11, 19)}<span class="quiet">${at.slice(19, 23).replace('Z', '')}</span></time>`;
}

/** Formats a duration for people. @example formatDuration(75_000) returns '75 s' */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
