import { controlsAcrossDocuments } from './controls.ts';
import { personIdOf } from './derived-ids.ts';
import { type DocumentKind, isIdentityKind } from './document-kinds.ts';
import { capitalized, fullName } from './extracted-information.ts';
import { sessionDocument } from './session-documents.ts';
import type { SessionOptions } from './session-options.ts';
import { datakeenSpecimen } from './specimen.ts';

const usualDocuments: readonly DocumentKind[] = ['id-card', 'other'];

/** Creates the `predictions` of a session's result. Each prediction contains a part of the documents, in order. */
export function sessionPredictions(options: SessionOptions) {
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

function prediction(kinds: readonly DocumentKind[], options: SessionOptions) {
  const person = { ...datakeenSpecimen, ...options.person };
  const { firstName, lastName } = person;
  const entity = {
    firstName,
    fullName: fullName(person),
    id: personIdOf(options.sessionId),
    lastName: capitalized(lastName),
  };
  return {
    message: 'Success',
    results: {
      controls: controlsAcrossDocuments(options.failedCrossControls),
      documents: kinds.map((kind) => sessionDocument(kind, person, options)),
      entities: kinds.some(isIdentityKind) ? [entity] : [],
      report: null,
    },
    status: 200,
    verificationId: '',
    webhook: null,
  };
}
