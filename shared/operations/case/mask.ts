/**
 * The names of members whose values are no personal data: codes, states and times of the process. All other texts and numbers
 * are masked. A name that is missing here hides too much, never too little.
 */
const readableMembers = new Set(
  [
    'result status reason code type step state phase outcome finality flags category passed confidence',
    'providerCode providerResult providerStatus identificationTime identificationtime companyid companyId gtcVersion',
    'newStatus sessionStatus event_type document_type',
  ].flatMap((names) => names.split(' ')),
);

/**
 * Masks personal data for people who look at a case: the structure and the codes stay, all other values become `•••`.
 *
 * @param value a JSON value, such as the `claims` of an event or the parsed body of a delivery
 */
export function maskPersonalData(value: unknown): unknown {
  return mask(value, '');
}

function mask(value: unknown, member: string): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((each) => mask(each, member));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mask(each, name)]));
  return readableMembers.has(member) && looksLikeCode(value) ? value : '•••';
}

/** A code, a number or an instant. A provider may send any text as a status, so other texts may name a person. */
const looksLikeCode = (value: unknown) => typeof value === 'number' || /^[\w:.+-]{1,40}$/.test(String(value));
