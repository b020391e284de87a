import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { IdentStore } from './ident-store.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';
import { computeIdnowIdentId } from './make-ident.ts';

/** Answers IDnow's request "create ident": 201 for a new ident, 200 for an ident that exists already. */
export function startIdent(
  { companyId, token }: { companyId: string; token: string },
  body: string,
  idents: IdentStore,
): SimulatedAnswer {
  if (parseJson(body) === undefined) return createIdnowErrorByCause('UNPARSEABLE_JSON');
  const found = idents.find(companyId, token);
  const id = found?.identificationprocess.id ?? computeIdnowIdentId(token);
  if (found !== undefined) return jsonAnswer(200, { id });
  idents.put({
    identificationprocess: {
      result: 'CREATED',
      companyid: companyId,
      transactionnumber: token,
      id,
      identificationtime: null,
    },
  });
  return jsonAnswer(201, { id });
}
