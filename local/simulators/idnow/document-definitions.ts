import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import { emptyAnswer, hasFeature, type IdnowApiCall } from './api-call.ts';
import type { DocumentDefinition } from './esigning-store.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';

const definitionRequest = z.object({
  name: z.string().min(1),
  identifier: z.string().min(1),
  optional: z.boolean(),
  mimeType: z.string().min(1),
  sortOrder: z.number().optional(),
  viewPolicy: z.enum(['DEFAULT', 'SCROLL']).default('DEFAULT'),
});

export async function createDefinition(call: IdnowApiCall): Promise<SimulatedAnswer> {
  const { companyId, request, state } = call;
  if (!hasFeature(call, 'esigning')) {
    const message = `The customer '${companyId}' is not an esigning customer!`;
    return createIdnowErrorByCause('PRECONDITION_FAILED', { message });
  }
  return storeDefinition(call, await request.readText(), state.esigning.list(companyId).length + 1, 201);
}

export async function updateDefinition(call: IdnowApiCall): Promise<SimulatedAnswer> {
  const { companyId, identifier, request, state } = call;
  const existing = state.esigning.find(companyId, identifier);
  if (existing === undefined) return unknownDefinition();
  return storeDefinition(call, await request.readText(), existing.sortOrder, 200);
}

export function deleteDefinition({ companyId, identifier, state }: IdnowApiCall): SimulatedAnswer {
  return state.esigning.delete(companyId, identifier) ? emptyAnswer(200) : unknownDefinition();
}

export function listDefinitions({ companyId, state }: IdnowApiCall): SimulatedAnswer {
  return jsonAnswer(200, state.esigning.list(companyId));
}

export function answerDefinition({ companyId, identifier, state }: IdnowApiCall): SimulatedAnswer {
  const definition = state.esigning.find(companyId, identifier);
  return definition === undefined ? unknownDefinition() : jsonAnswer(200, definition);
}

function storeDefinition(
  { companyId, state }: IdnowApiCall,
  body: string,
  defaultSortOrder: number,
  status: number,
): SimulatedAnswer {
  const parsed = definitionRequest.safeParse(parseJson(body));
  if (!parsed.success) return createIdnowErrorByCause('BAD_REQUEST');
  const { sortOrder = defaultSortOrder, ...rest } = parsed.data;
  const definition: DocumentDefinition = { ...rest, sortOrder };
  state.esigning.put(companyId, definition);
  return emptyAnswer(status);
}

function unknownDefinition(): SimulatedAnswer {
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', {
    key: 'identifier',
    message: 'no matching documentDefinition found',
  });
}
