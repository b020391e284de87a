import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { answerForIdent, type IdnowApiAnswer, type IdnowApiCall } from './api-call.ts';
import type { SimulatedIdent } from './ident.ts';
import { isCaptured } from './ident-progress.ts';
import { createUnfinishedIdentError } from './idnow-error-answer.ts';
import { createIdentPdf } from './result-files.ts';
import { createIdentXml } from './result-xml.ts';
import { createIdentZip } from './result-zip.ts';

export function answerIdent(call: IdnowApiCall): IdnowApiAnswer {
  return answerForCaptured(call, (ident) => jsonAnswer(200, ident));
}

export function answerIdentXml(call: IdnowApiCall): IdnowApiAnswer {
  return answerForCaptured(call, (ident) =>
    file('application/xml', Buffer.from(createIdentXml(ident), 'utf8')),
  );
}

export function answerIdentPdf(call: IdnowApiCall): IdnowApiAnswer {
  return answerForCaptured(call, (ident) => file('application/pdf', createIdentPdf(ident)));
}

export function answerIdentZip(call: IdnowApiCall): IdnowApiAnswer {
  const { key, zipPadding: padding } = call.state;
  return answerForCaptured(call, (ident) => file('application/zip', createIdentZip(ident, { key, padding })));
}

function answerForCaptured(
  call: IdnowApiCall,
  answer: (ident: SimulatedIdent) => SimulatedAnswer,
): IdnowApiAnswer {
  return answerForIdent(call, (ident) =>
    isCaptured(ident) ? answer(ident) : createUnfinishedIdentError(ident.identificationprocess.id),
  );
}

function file(type: string, body: SimulatedAnswer['body']): SimulatedAnswer {
  return { status: 200, headers: { 'content-type': type }, body };
}
