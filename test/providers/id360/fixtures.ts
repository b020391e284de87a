import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Transition } from '../../../shared/contract/transition.ts';
import { readId360Callback } from '../../../shared/providers/id360/read-callback.ts';

/** The names of sample callbacks: for `callback_endpoints`, for the older `callback_url`, and for single steps. */
export const callbackNames = [
  'new',
  'started',
  'step-id-document',
  'step-fake-photo',
  'step-liveness-ko',
  'ok',
  'ko',
  'failed',
  'canceled',
  'discontinued',
  'ok-older-form',
  'ko-older-form',
  'canceled-older-form',
  'ok-with-step',
  'ko-with-step',
  'failed-with-step',
] as const;
export type CallbackName = (typeof callbackNames)[number];

export const reportNames = ['report-ok', 'report-ko', 'report-ko-bare', 'report-migration-guide'] as const;
export type ReportName = (typeof reportNames)[number];

const Fixture = z.looseObject({});

export function fixture(name: CallbackName | ReportName): z.infer<typeof Fixture> {
  const file = new URL(`../../fixtures/id360/${name}.json`, import.meta.url);
  return Fixture.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Returns the transition of a callback. Throws if the callback is not understood. */
export function transitionOf(body: unknown, reference: string | null = null): Transition {
  const reading = readId360Callback(body, reference);
  if (reading.kind !== 'understood') throw new Error(`not understood: ${reading.reason}`);
  return reading.transition;
}
