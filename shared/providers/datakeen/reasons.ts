import type { Reason } from '../../contract/state.ts';
import { mapReasonCode, type ReasonMeaning } from '../../parsing/reasons.ts';
import { controlsThatMayFail, reasonByFailedControl } from './control-meanings.ts';
import type { Controls } from './read-controls.ts';
import type { DatakeenResult } from './read-result.ts';
import { decisiveControl, hasPassed } from './verdict.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries(reasonByFailedControl).map(([name, meaning]) => [name.toUpperCase(), meaning]),
);

/**
 * Returns the failed controls that explain why a session was not approved, each name once, in this order:
 *
 * 1. The decisive controls: `globalStatus` of each document, and the controls across documents.
 * 2. The other controls of the documents that did not pass. If no decisive control failed, the other controls of all
 *    documents: then the machine decided against the decisive controls.
 * 3. Of the same documents, the controls that also fail on cards that pass. They explain nothing by themselves, so they
 *    are left out if there is no other reason.
 */
export function listControlReasons({ documents, crossControls }: DatakeenResult): Reason[] {
  const decisive = [
    ...documents.flatMap(({ controls }) => failedIn(controls).filter((name) => name === decisiveControl)),
    ...crossControls.flatMap(failedIn),
  ];
  const explaining = decisive.length > 0 ? documents.filter((each) => !hasPassed(each)) : documents;
  const others = explaining.flatMap(({ controls }) => failedIn(controls));
  const strong = [...decisive, ...others.filter((name) => !controlsThatMayFail.has(name))];
  const weak = strong.length > 0 ? others.filter((name) => controlsThatMayFail.has(name)) : [];
  return [...new Set([...strong, ...weak])].map((name) => mapReasonCode(meanings, name));
}

const failedIn = (controls: Controls): string[] =>
  [...controls].flatMap(([name, { value }]) => (value === false ? [name] : []));
