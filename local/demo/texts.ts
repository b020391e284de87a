import * as z from 'zod';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { Try } from '../simulators/post-once.ts';
import { bold, bytes, dim } from '../terminal.ts';
import type { ArchivedObject } from './list-archive.ts';

const Answer = z.object({
  status: z.string(),
  sequence: z.number().optional(),
  reason: z.string().optional(),
});

/** `200  accepted → event 3` */
export function answerText(last: Try | undefined): string {
  if (last === undefined || last.kind === 'failed') return 'no answer';
  const parsed = Answer.safeParse(JSON.parse(last.body));
  if (!parsed.success) return `${last.status}`;
  const { status, sequence, reason } = parsed.data;
  const detail = sequence === undefined ? (reason ?? '') : `→ event ${sequence}`;
  return `${dim(String(last.status))}  ${status} ${dim(detail)}`;
}

/** One line for what happened, one more for whom the provider has verified. */
export function eventLines({ type, data }: VerificationEvent): string[] {
  const words = [data.phase, data.outcome, data.finality, ...data.flags].filter((word) => word !== null);
  const title = type.replace(/^idv\.|\.v1$/g, '').padEnd(24);
  const archived = data.evidence === null ? '' : dim(` ${count(data.evidence.artifacts.length, 'artifact')}`);
  const { given_name, family_name, birthdate, nationalities = [] } = data.claims;
  const person = [given_name, family_name, birthdate, ...nationalities].filter((word) => word !== undefined);
  return [
    `${dim(`#${data.sequence}`)}  ${bold(title)} ${words.join(' · ')}${archived}`,
    ...(person.length > 0 ? [dim(`    verified: ${person.join(' ')}`)] : []),
  ];
}

/** Why a provider has no demo: only the built-in simulators know the demo's cases. */
export function skippedText(provider: string, apiUrl: string): string {
  return `${provider}: no demo, because --config names another API (${new URL(apiUrl).origin}) than the built-in simulator`;
}

export function objectLine({ key, size }: ArchivedObject): string {
  return `${key}  ${dim(bytes(size))}`;
}

const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
