import { createCrossDocumentControls } from './controls.ts';
import { computeDatakeenPersonId } from './derived-ids.ts';
import { type DatakeenDocumentKind, isIdentityDocumentKind } from './document-kinds.ts';
import { capitalizeName, fullNameOf } from './extracted-information.ts';
import { createDatakeenDocument } from './session-documents.ts';
import type { DatakeenSessionOptions } from './session-options.ts';
import { datakeenSamplePerson } from './specimen.ts';

const usualDocuments: readonly DatakeenDocumentKind[] = ['id-card', 'other'];

/** Creates the `predictions` of a Datakeen result. Divides the documents among the predictions, in order. */
export function createDatakeenPredictions(options: DatakeenSessionOptions) {
  const { documents = usualDocuments, predictions = 1 } = options;
  return Array.from({ length: predictions }, (_, index) => {
    const isInThisPrediction = (position: number) =>
      Math.floor((position * predictions) / documents.length) === index;
    return prediction(
      documents.filter((_, position) => isInThisPrediction(position)),
      options,
    );
  });
}

function prediction(kinds: readonly DatakeenDocumentKind[], options: DatakeenSessionOptions) {
  const person = { ...datakeenSamplePerson, ...options.person };
  const { firstName, lastName } = person;
  const entity = {
    firstName,
    fullName: fullNameOf(person),
    id: computeDatakeenPersonId(options.sessionId),
    lastName: capitalizeName(lastName),
  };
  return {
    message: 'Success',
    results: {
      controls: createCrossDocumentControls(options.failedCrossControls),
      documents: kinds.map((kind) => createDatakeenDocument(kind, person, options)),
      entities: kinds.some(isIdentityDocumentKind) ? [entity] : [],
      report: null,
    },
    status: 200,
    verificationId: '',
    webhook: null,
  };
}
