import { type IdentityDocumentKind, identityDocumentProperties } from './document-kinds.ts';
import { computePseudoRandomNumber } from './pseudo-random.ts';

/** The name of the control that summarizes all other controls of a Datakeen document. */
const SUMMARY = 'globalStatus';

/**
 * The controls that are false in Datakeen's sample of an approved session. The simulator copies them, so that a test fails
 * if our code declines a session because of one such control.
 */
const FAILED_IN_SAMPLE = ['rfSymbolIsPresent'];

/** Creates all controls of one simulated document, with their values. */
export function createDocumentControls(
  kind: IdentityDocumentKind,
  failed: readonly string[] = [],
  globalStatus = failed.length === 0,
) {
  return namedControls([...identityDocumentProperties(kind).controls, ...failed], (name) => {
    if (name !== SUMMARY) return control(name, !failed.includes(name) && !FAILED_IN_SAMPLE.includes(name));
    // Datakeen documents no score for a document that does not pass. The score 0 is our own guess.
    return { confidence: 1, score: globalStatus ? 1 : 0, value: globalStatus };
  });
}

/** Creates the controls that compare several documents with each other, such as `matchNameInAllDocuments`. */
export function createCrossDocumentControls(failed: readonly string[] = []) {
  return namedControls(['matchNameInAllDocuments', ...failed], (name) => ({
    confidence: 1,
    value: !failed.includes(name),
  }));
}

function control(name: string, value: boolean) {
  return { confidence: 0.8 + computePseudoRandomNumber(name) / 5, value };
}

/** Creates one control for each different name, in alphabetical order of the names. */
function namedControls<Control>(names: readonly string[], create: (name: string) => Control) {
  return Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, create(name)]));
}
