import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import {
  answerForIdent,
  emptyAnswer,
  hasFeature,
  type IdnowApiAnswer,
  type IdnowApiCall,
} from './api-call.ts';
import { isCaptured, isPending } from './ident-progress.ts';
import { createIdnowErrorByCause, createUnfinishedIdentError } from './idnow-error-answer.ts';
import { computeIdnowIdentId } from './make-ident.ts';

const copyRequest = z.object({ target_companyid: z.string(), target_transactionnumber: z.string() });

/** Answers the request that deletes an ident. IDnow refuses it while the ident is unfinished or in review. */
export function deleteIdent(call: IdnowApiCall): IdnowApiAnswer {
  return answerForIdent(call, (ident) => {
    const { id, transactionnumber } = ident.identificationprocess;
    if (!isCaptured(ident) || isPending(ident)) return createUnfinishedIdentError(id);
    call.state.idents.delete(call.companyId, transactionnumber);
    return emptyAnswer(200);
  });
}

/**
 * Answers the request that copies an ident. IDnow prints no answer of a copy that succeeds: the status 201 and the IdentID
 * of the copy are our own guess.
 */
export async function copyIdent(call: IdnowApiCall): Promise<SimulatedAnswer> {
  const { companyId, token, request, state } = call;
  const target = copyRequest.safeParse(parseJson(await request.readText()));
  if (!target.success) return createIdnowErrorByCause('BAD_REQUEST');
  const ident = state.idents.find(companyId, token);
  if (ident === undefined) {
    return createIdnowErrorByCause('OBJECT_NOT_FOUND', { key: 'token', message: token });
  }
  const { target_companyid: companyid, target_transactionnumber: transactionnumber } = target.data;
  // A copy to another account needs a permission that no simulated account has.
  if (!hasFeature(call, 'copy') || companyid !== companyId) return createIdnowErrorByCause('FORBIDDEN');
  const id = computeIdnowIdentId(transactionnumber);
  const { identificationprocess, ...sections } = ident;
  state.idents.put({
    ...sections,
    identificationprocess: { ...identificationprocess, companyid, transactionnumber, id },
  });
  return jsonAnswer(201, { id });
}

/** Answers the request that archives an ident. IDnow archives an ident only once, and only for accounts with the feature. */
export function archiveIdent(call: IdnowApiCall): IdnowApiAnswer {
  return answerForIdent(call, (ident) => {
    const { id, transactionnumber } = ident.identificationprocess;
    if (!isCaptured(ident)) return createUnfinishedIdentError(id);
    const isFirst =
      hasFeature(call, 'archive') && call.state.idents.archive(call.companyId, transactionnumber);
    return isFirst ? emptyAnswer(200) : createIdnowErrorByCause('PRECONDITION_FAILED');
  });
}
