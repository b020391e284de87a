import { ConfigurationError } from '../../platform/errors.ts';
import { verificationIdFormat } from '../../platform/path-safe.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { type CaseRecord, readCaseRecord } from './case-record.ts';
import { findCasesByReference, findDelivery } from './find-cases.ts';

/** How an operator names a case: exactly one of the three is given. */
export interface NamedCase {
  readonly verificationId?: string | undefined;
  /** The caller's own id of the case. */
  readonly reference?: string | undefined;
  readonly delivery?: string | undefined;
}

/**
 * Reads the cases that an operator names.
 *
 * @param onProgress called with the number of rows read so far, if the whole history is searched
 * @throws ConfigurationError that says how to name a case if there is none
 */
export async function chooseCases(
  stack: OperatedStack,
  { verificationId, reference, delivery }: NamedCase,
  onProgress?: (rows: number) => void,
): Promise<readonly [CaseRecord, ...CaseRecord[]]> {
  if ([verificationId, reference, delivery].filter((each) => each !== undefined).length !== 1)
    throw new ConfigurationError('Give one of: the id of a verification, --reference or --delivery');
  if (verificationId !== undefined) return [await chooseCase(stack, verificationId)];
  const ids =
    reference === undefined
      ? (await findDelivery(stack, delivery ?? '', onProgress)).map(({ subject }) => subject)
      : await findCasesByReference(stack, reference);
  const records = await Promise.all([...new Set(ids)].map((id) => readCaseRecord(stack, id)));
  const [first, ...others] = records.filter((record) => record !== null);
  if (first !== undefined) return [first, ...others];
  const what = reference === undefined ? `delivery ${delivery}` : `reference ${reference}`;
  throw new ConfigurationError(`No case of ${stack.stageName} has the ${what}`);
}

/** Reads the case with this id. @throws ConfigurationError that says how to name a case if there is none */
export async function chooseCase(stack: OperatedStack, verificationId: string): Promise<CaseRecord> {
  const record = await readCaseRecord(stack, verificationId);
  if (record !== null) return record;
  throw new ConfigurationError(await explainUnknownCase(stack, verificationId));
}

async function explainUnknownCase(stack: OperatedStack, given: string): Promise<string> {
  const unknown = `${stack.stageName} has no case ${given}.`;
  const byReference = await findCasesByReference(stack, given);
  if (byReference.length > 0)
    return `${unknown} It is the reference of ${byReference.join(', ')}: use --reference ${given}`;
  const lowerCase = given.toLowerCase();
  if (lowerCase !== given && (await readCaseRecord(stack, lowerCase)) !== null)
    return `${unknown} Did you mean ${lowerCase}?`;
  const providers = Object.keys(stack.evidenceJobs);
  const [, provider] = verificationIdFormat.exec(given) ?? [];
  if (provider === undefined || !providers.includes(provider))
    return `${unknown} The id of a case begins with its provider: ${providers.map((name) => exampleIds[name] ?? `${name}:…`).join(', ')}`;
  return `${unknown} Either no delivery named it, or it has expired or was erased. "idv quarantine list" shows deliveries that name no case`;
}

const exampleIds: Readonly<Record<string, string>> = {
  idnow: 'idnow:{companyid}:{transaction number in lower case}',
  id360: 'id360:{enrollment id}',
  datakeen: 'datakeen:{session id}',
};
