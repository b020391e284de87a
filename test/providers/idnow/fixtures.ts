import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Reading } from '../../../shared/contract/reading.ts';
import type { Transition } from '../../../shared/contract/transition.ts';
import { readIdents } from '../../../shared/providers/idnow/read-idents.ts';

export type FixtureName = (typeof fixtureNames)[number];

/** The names of our IDnow fixtures: IDnow's documented samples, and invented idents for states without a sample. */
export const fixtureNames = [
  'aborted',
  'canceled',
  'canceled-by-user',
  'canceled-short',
  'check-pending',
  'created',
  'drivers-license',
  'eid',
  'failed-test-robot',
  'fraud-suspicion-confirmed',
  'fraud-suspicion-pending',
  'fraud-suspicion-pending-no-person',
  'fraud-suspicion-pending-short',
  'proof-of-address',
  'qes-bank-transfer',
  'redacted',
  'review-changes',
  'review-pending',
  'started',
  'success',
  'success-data-changed',
  'success-matched',
] as const;

const Ident = z.looseObject({ identificationprocess: z.looseObject({}) });
const Wrapper = z.object({ identifications: z.tuple([Ident]) });

export function fixture(name: FixtureName | 'reason-codes'): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/idnow/${name}.json`, import.meta.url), 'utf8'));
}

/** Returns the ident of a fixture. If the fixture has the list `identifications`, returns its only ident. */
export function ident(name: FixtureName): z.infer<typeof Ident> {
  const body = fixture(name);
  return Ident.safeParse(body).data ?? Wrapper.parse(body).identifications[0];
}

/** Makes an invented ident. A test sets only the fields that matter to the test. */
export function madeIdent(process: object, sections: object = {}) {
  return {
    identificationprocess: { companyid: 'democompany', transactionnumber: 'txn-1', ...process },
    ...sections,
  };
}

export function read(body: unknown): Reading[] {
  return readIdents(body, { wantsEvidence: ({ finality }) => finality === 'final' });
}

/** Returns the transition of a body that has exactly one ident. Throws if this ident is not understood. */
export function transitionOf(body: unknown): Transition {
  return onlyTransition(read(body));
}

/** Returns the transition of exactly one reading. Throws if this reading is not understood. */
export function onlyTransition([reading, ...others]: readonly Reading[]): Transition {
  if (reading?.kind !== 'understood' || others.length > 0) throw new Error('not one understood ident');
  return reading.transition;
}
