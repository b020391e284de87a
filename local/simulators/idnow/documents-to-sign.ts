import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { tinyPdf } from '../specimen-files/tiny-pdf.ts';
import { answerForIdent, emptyAnswer, type IdnowApiAnswer, type IdnowApiCall } from './api-call.ts';
import type { DocumentDefinition } from './esigning-store.ts';
import type { SimulatedIdent } from './ident.ts';
import { isFinished } from './ident-progress.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';

export function listDocuments(call: IdnowApiCall): IdnowApiAnswer {
  return answerForIdent(call, (ident) =>
    jsonAnswer(
      200,
      call.state.esigning.list(call.companyId).map((definition) => documentOf(call, ident, definition)),
    ),
  );
}

export function answerDocument(call: IdnowApiCall): IdnowApiAnswer {
  return answerForDocument(call, (ident, definition) => jsonAnswer(200, documentOf(call, ident, definition)));
}

export function uploadDocument(call: IdnowApiCall): IdnowApiAnswer {
  return answerForDocument(call, async ({ identificationprocess: { id } }, { identifier }) => {
    call.state.esigning.upload(id, identifier, await call.request.readBytes());
    return emptyAnswer(200);
  });
}

export function answerSignedDocument(call: IdnowApiCall): IdnowApiAnswer {
  return answerForDocument(call, (ident, definition): SimulatedAnswer => {
    if (documentOf(call, ident, definition).status !== 'SIGNED') {
      const message = 'Document has not yet been signed';
      return createIdnowErrorByCause('BAD_REQUEST', { key: 'document', message });
    }
    const body = tinyPdf(`${definition.name}, signed`);
    return { status: 200, headers: { 'content-type': definition.mimeType }, body };
  });
}

function answerForDocument(
  call: IdnowApiCall,
  answer: (ident: SimulatedIdent, definition: DocumentDefinition) => IdnowApiAnswer,
): IdnowApiAnswer {
  return answerForIdent(call, (ident) => {
    const definition = call.state.esigning.find(call.companyId, call.identifier);
    if (definition !== undefined) return answer(ident, definition);
    const message = 'Unable to find document definition';
    return createIdnowErrorByCause('OBJECT_NOT_FOUND', { key: 'identifier', message });
  });
}

/** Returns an ident's document as IDnow's API does. It is signed when the ident is finished. */
function documentOf({ state }: IdnowApiCall, ident: SimulatedIdent, definition: DocumentDefinition) {
  const hash = state.esigning.hashOf(ident.identificationprocess.id, definition.identifier);
  const uploadedStatus = isFinished(ident) ? 'SIGNED' : 'UPLOADED';
  return {
    name: definition.name,
    ...(hash !== undefined && { hash, displayHash: displayHashOf(hash) }),
    status: hash === undefined ? 'NEED_UPLOAD' : uploadedStatus,
    documentDefinition: definition,
  };
}

/** Returns the part of a hash that users see: 12 digits in groups of four. */
function displayHashOf(hash: string): string {
  return [hash.slice(0, 4), hash.slice(4, 8), hash.slice(8, 12)].join('-');
}
