import type { ReadResult } from './read-result.ts';

/** Whether a result may look better than it is, because this of it could not be read. */
const isDecisive = (section: string) =>
  /^(predictions|documents|documents\.controls|controls(\..*)?)$/s.test(section);

/**
 * What the controls of a result say, as version 1 leaves it to its callers: approved where `globalStatus` of every
 * document and every control across documents is true, declined where one of them is false. A document without
 * controls does not count.
 *
 * @returns null where they do not say: nothing was controlled, or a decisive control has no verdict or cannot be read
 */
export function verdictOf(result: ReadResult): 'approved' | 'declined' | null {
  const controlled = result.documents.filter(({ controls }) => controls.size > 0);
  const decisive = [
    ...controlled.map(({ controls }) => controls.get('globalStatus')?.value),
    ...result.crossControls.flatMap((controls) => [...controls.values()].map(({ value }) => value)),
  ];
  if (decisive.includes(false)) return 'declined';
  const readable = !result.unreadable.some(isDecisive);
  return controlled.length > 0 && readable && decisive.every((value) => value === true) ? 'approved' : null;
}
