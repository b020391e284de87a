import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import type { IdnowApiCall } from './api-call.ts';
import type { SimulatedIdent } from './ident.ts';
import { makeIdentField } from './ident-fields.ts';
import { isCaptured, isFinished } from './ident-progress.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';
import { computeIdnowIdentId } from './make-ident.ts';

const custom = z.strictObject({
  custom1: z.string().nullish(),
  custom2: z.string().nullish(),
  custom3: z.string().nullish(),
  custom4: z.string().nullish(),
  custom5: z.string().nullish(),
});
const contact = z.strictObject({ mobilephone: z.string().nullish(), email: z.string().nullish() });
const countryCode = z.string().regex(/^[A-Z]{2}$/);
const address = z.strictObject({
  zipcode: z.string().optional(),
  country: countryCode.optional(),
  city: z.string().optional(),
  street: z.string().optional(),
  streetnumber: z.string().optional(),
});
const person = z.strictObject({
  birthday: z.iso.date().optional(),
  birthplace: z.string().optional(),
  firstname: z.string().optional(),
  lastname: z.string().optional(),
  nationality: countryCode.optional(),
  gender: z.enum(['MALE', 'FEMALE', 'OTHER']).optional(),
  preferredLang: z.string().optional(),
});
const identRequest = z.strictObject({
  ...custom.shape,
  ...contact.shape,
  ...address.shape,
  ...person.shape,
});

/** The characters that IDnow allows in a transaction number. */
const transactionNumber = /^[\w-]{1,255}$/;

/**
 * Answers the request that creates an ident. An ident that exists and is not finished is updated. A finished ident, and the
 * transaction number of a deleted ident, cannot be used again.
 */
export async function createIdent({
  companyId,
  token,
  request,
  state,
}: IdnowApiCall): Promise<SimulatedAnswer> {
  if (!transactionNumber.test(token)) return badValue('transactionnumber');
  const body = parseJson(await request.readText());
  if (body === undefined) return createIdnowErrorByCause('UNPARSEABLE_JSON');
  const parsed = identRequest.safeParse(body);
  if (!parsed.success) return errorFor(parsed.error);
  const existing = state.idents.find(companyId, token);
  if ((existing && isFinished(existing)) || state.idents.wasDeleted(companyId, token)) {
    return createIdnowErrorByCause('EXISTING_IDENTIFICATION');
  }
  const id = existing?.identificationprocess.id ?? computeIdnowIdentId(token);
  if (existing === undefined || !isCaptured(existing)) {
    state.idents.put(createdIdent(companyId, token, id, parsed.data));
  }
  return jsonAnswer(existing === undefined ? 201 : 200, { id });
}

function errorFor({ issues: [issue] }: z.ZodError): SimulatedAnswer {
  if (issue?.code === 'unrecognized_keys') {
    return createIdnowErrorByCause('UNRECOGNIZED_FIELD', { key: issue.keys.join() });
  }
  return badValue(issue?.path.join('.') ?? '');
}

function badValue(key: string): SimulatedAnswer {
  return createIdnowErrorByCause('BAD_REQUEST', {
    key,
    message: `Please provide a correct value for ‘${key}’`,
  });
}

function createdIdent(
  companyid: string,
  transactionnumber: string,
  id: string,
  data: z.infer<typeof identRequest>,
): SimulatedIdent {
  const { preferredLang: _, ...named } = picked(person, data);
  return {
    identificationprocess: {
      result: 'CREATED',
      companyid,
      identificationtime: null,
      id,
      type: 'APP',
      transactionnumber,
    },
    customdata: {
      custom1: null,
      custom2: null,
      custom3: null,
      custom4: null,
      custom5: null,
      ...picked(custom, data),
    },
    contactdata: { mobilephone: null, email: null, ...picked(contact, data) },
    userdata: { ...originals(named), address: originals(picked(address, data)) },
  };
}

function picked(schema: z.ZodObject, data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name in schema.shape));
}

function originals(values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, makeIdentField('original', String(value))]),
  );
}
