import { type IdentityKind, identityDocument } from './document-kinds.ts';
import { noise } from './noise.ts';

/** The control by which the provider sums a document up. */
const SUMMARY = 'globalStatus';

/** False in the provider's sample of a session that passes: a single control decides nothing. */
const HARMLESS = ['rfSymbolIsPresent'];

/** All controls of one document, each with its outcome. */
export function documentControls(
  kind: IdentityKind,
  failed: readonly string[] = [],
  globalStatus = failed.length === 0,
) {
  return namedControls([...identityDocument(kind).controls, ...failed], (name) => {
    if (name !== SUMMARY) return control(name, !failed.includes(name) && !HARMLESS.includes(name));
    // The score of a document that fails is not printed anywhere.
    return { confidence: 1, score: globalStatus ? 1 : 0, value: globalStatus };
  });
}

/** The controls across the documents of a prediction. */
export function crossControls(failed: readonly string[] = []) {
  return namedControls(['matchNameInAllDocuments', ...failed], (name) => ({
    confidence: 1,
    value: !failed.includes(name),
  }));
}

function control(name: string, value: boolean) {
  return { confidence: 0.8 + noise(name) / 5, value };
}

/** Each name once, in the order of the alphabet. */
function namedControls<Control>(names: readonly string[], outcome: (name: string) => Control) {
  return Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, outcome(name)]));
}
