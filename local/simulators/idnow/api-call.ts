import type { SimulatedAnswer } from '../answer.ts';
import type { SimulatorApiRequest } from '../api-server.ts';
import type { EsigningStore } from './esigning-store.ts';
import type { SimulatedIdent } from './ident.ts';
import type { IdentStore } from './ident-store.ts';
import { createUnknownIdentError } from './idnow-error-answer.ts';
import type { IdnowPathParts } from './routes.ts';
import type { IdnowAccount, IdnowAccountFeature, SimulatedIdnowLogins } from './sessions.ts';
import type { IdentXmlSigningKey } from './signing-key.ts';

export interface IdnowSimulatorState {
  accounts: readonly IdnowAccount[];
  idents: IdentStore;
  esigning: EsigningStore;
  sessions: SimulatedIdnowLogins;
  key: IdentXmlSigningKey;
  zipPadding: number;
}

/** A request to IDnow's API with a valid login token for the company in its path. */
export interface IdnowApiCall extends IdnowPathParts {
  request: SimulatorApiRequest;
  state: IdnowSimulatorState;
}

export type IdnowApiAnswer = SimulatedAnswer | Promise<SimulatedAnswer>;

/** Returns true if IDnow has enabled the feature for the account of the call. */
export function hasFeature({ companyId, state }: IdnowApiCall, feature: IdnowAccountFeature): boolean {
  const account = state.accounts.find((each) => each.companyId === companyId);
  return account?.features?.includes(feature) ?? account !== undefined;
}

/** Answers a call about an ident with `answer`, or with an error if the company has no such ident. */
export function answerForIdent(
  call: IdnowApiCall,
  answer: (ident: SimulatedIdent) => IdnowApiAnswer,
): IdnowApiAnswer {
  const ident = call.state.idents.find(call.companyId, call.token);
  return ident === undefined ? createUnknownIdentError(call.token) : answer(ident);
}

/** The answer of IDnow's API to a request that changes something and returns nothing. */
export function emptyAnswer(status: number): SimulatedAnswer {
  return { status, headers: {}, body: '' };
}
