import * as z from 'zod';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { WebhookTry } from '../simulators/post-once.ts';
import { bold, dim, formatBytes } from '../terminal.ts';
import type { ArchivedObject } from './list-archive.ts';

const Answer = z.object({
  status: z.string(),
  sequence: z.number().optional(),
  reason: z.string().optional(),
});

/** Formats our answer to a delivery, for example `200  accepted → event 3`. */
export function formatWebhookAnswer(last: WebhookTry | undefined): string {
  if (last === undefined || last.kind === 'failed') return 'no answer';
  const parsed = Answer.safeParse(JSON.parse(last.body));
  if (!parsed.success) return `${last.status}`;
  const { status, sequence, reason } = parsed.data;
  const detail = sequence === undefined ? (reason ?? '') : `→ event ${sequence}`;
  return `${dim(String(last.status))}  ${status} ${dim(detail)}`;
}

/** Formats an event as one line. If the event brings new claims, a second line names the verified person. */
export function formatEvent({ type, data }: VerificationEvent): string[] {
  const state = [data.phase, data.outcome, data.finality, ...data.flags].filter((part) => part !== null);
  const title = type.replace(/^idv\.|\.v1$/g, '').padEnd(24);
  const isEvidence = type.startsWith('idv.evidence.');
  const artifacts = data.evidence?.artifacts.length ?? 0;
  const archived = isEvidence ? dim(` ${count(artifacts, 'artifact')}`) : '';
  const {
    given_name,
    family_name,
    birthdate,
    nationalities = [],
  } = data.changed.includes('claims') ? data.claims : {};
  const person = [given_name, family_name, birthdate, ...nationalities].filter((part) => part !== undefined);
  return [
    `${dim(`#${data.sequence}`)}  ${bold(title)} ${state.join(' · ')}${archived}`,
    ...(person.length > 0 ? [dim(`    verified: ${person.join(' ')}`)] : []),
  ];
}

/**
 * Formats the line about a provider that the demo skips. The demo skips each provider without built-in simulator,
 * because only a simulator can play the demo's case.
 */
export function explainSkippedDemo(provider: string, apiUrl: string): string {
  return `${provider}: no demo, because --config sets another API (${new URL(apiUrl).origin}) instead of the built-in simulator`;
}

/** The line that says that `--no-demo` skips the demo. */
export const explainOmittedDemo = 'the demo was skipped, because of --no-demo';

export function formatArchivedObject({ key, size }: ArchivedObject): string {
  return `${key}  ${dim(formatBytes(size))}`;
}

const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
