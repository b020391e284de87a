import { type IdentityKind, identityDocument } from './document-kinds.ts';
import { pseudoRandom } from './pseudo-random.ts';

/** The control that summarizes all controls of a document. */
const SUMMARY = 'globalStatus';

/** Controls that are false in Datakeen's sample of a session that passes. So a single failed control decides nothing. */
const FAILED_IN_SAMPLE = ['rfSymbolIsPresent'];

/** Creates all controls of one document, with their results. */
export function documentControls(
  kind: IdentityKind,
  failed: readonly string[] = [],
  globalStatus = failed.length === 0,
) {
  return namedControls([...identityDocument(kind).controls, ...failed], (name) => {
    if (name !== SUMMARY) return control(name, !failed.includes(name) && !FAILED_IN_SAMPLE.includes(name));
    // Datakeen documents no score of a document that fails. 0 is our own guess.
    return { confidence: 1, score: globalStatus ? 1 : 0, value: globalStatus };
  });
}

/** Creates the controls that compare the documents of a prediction. */
export function controlsAcrossDocuments(failed: readonly string[] = []) {
  return namedControls(['matchNameInAllDocuments', ...failed], (name) => ({
    confidence: 1,
    value: !failed.includes(name),
  }));
}

function control(name: string, value: boolean) {
  return { confidence: 0.8 + pseudoRandom(name) / 5, value };
}

/** Creates one control per name, without duplicates, in alphabetical order. */
function namedControls<Control>(names: readonly string[], create: (name: string) => Control) {
  return Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, create(name)]));
}
