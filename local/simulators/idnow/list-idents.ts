import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import type { IdnowApiCall } from './api-call.ts';
import type { SimulatedIdent } from './ident.ts';
import { isAborted, isCanceled, isCaptured, isFinished, isPending } from './ident-progress.ts';

const filters: Readonly<Record<string, (ident: SimulatedIdent) => boolean>> = {
  pending: isPending,
  aborted: isAborted,
  canceled: isCanceled,
  successful: isFinished,
};

/**
 * Answers the list of idents. The query selects idents by their state, for example `?pending=true`. Without a query, the
 * list contains every ident for which IDnow has captured data. IDnow documents no sample of this list. Its other samples have the
 * wrapper `identifications`, so this list has it, too.
 */
export function listIdents({ companyId, request, state }: IdnowApiCall): SimulatedAnswer {
  const selected = Object.entries(filters).filter(([name]) => request.query.get(name) === 'true');
  const isSelected = (ident: SimulatedIdent) =>
    selected.length === 0 ? isCaptured(ident) : selected.some(([, matches]) => matches(ident));
  return jsonAnswer(200, { identifications: state.idents.list(companyId).filter(isSelected) });
}
