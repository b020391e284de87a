import {
  compileLeafTable,
  field,
  fieldOrProviderData,
  inProviderData,
  type Leaf,
  type LeafTable,
  omitted,
  omittedOrProviderData,
} from '../../parsing/account-for-leaves.ts';
import { isOptionalText } from '../../parsing/text.ts';
import { contractFields } from './contract-fields.ts';
import { isConfidence } from './read-controls.ts';
import { parseDatakeenSessionId } from './session-id.ts';

const isText = (leaf: Leaf) => isOptionalText(leaf);
/** A status that is no HTTP status of a success is unusual, so that the event has it. */
const isSuccess = (leaf: Leaf) => /^2\d\d$/.test(String(leaf));
const isSessionId = (leaf: Leaf) => parseDatakeenSessionId(leaf) !== null;

const position = omitted('the position of the text in the image');
const fileName = omitted('the name of an uploaded file, which says nothing about the person');
const ownUrl = omitted('our webhook URL, whose signature is a secret');

/** Controls below a path. A check contains the value and the confidence of each control. */
const controlsAt = (path: string): LeafTable => ({
  [`${path}.*.value`]: field(() => true),
  [`${path}.*.confidence`]: fieldOrProviderData(isConfidence),
});

/** A field of `extractedInformation`. It is an object with a value, or a plain text. */
const extractedField = (name: string, value: LeafTable[string]): LeafTable => {
  const path = `extractedInformation.${name}`;
  return {
    [path]: value,
    [`${path}.value`]: value,
    [`${path}.confidence`]: inProviderData,
    [`${path}.bbox`]: position,
  };
};

/** The text of a leaf must be convertible. A number is read as text. */
const convertible = (convert: (text: string) => string | null) =>
  field((leaf) => typeof leaf !== 'boolean' && convert(String(leaf)) !== null);

/** One document of a prediction. `documents[].provider_data` contains its unknown leaves. */
const documentTable: LeafTable = {
  type: field(isText),
  cardType: inProviderData,
  cardSide: inProviderData,
  'entities[]': inProviderData,
  origin: fileName,
  path: fileName,
  'pages[].num': inProviderData,
  'pages[].type': inProviderData,
  'pages[].path': fileName,
  ...controlsAt('controls'),
  ...extractedField('*', inProviderData),
  ...Object.assign({}, ...[...contractFields].map(([name, read]) => extractedField(name, convertible(read)))),
};

const prediction = 'data.job_status.predictions[]';

/** An answer to a request for a session. `provider_data` contains its unknown leaves. */
const answerTable: LeafTable = {
  status: omittedOrProviderData(isSuccess, 'the HTTP status of an answer that was a success'),
  message: inProviderData,
  sessionId: field(isSessionId),
  session_id: field(isSessionId),
  'data.sessionId': field(isSessionId),
  'data.session_id': field(isSessionId),
  'data.analysid_id': field(isText),
  'data.analysis_id': inProviderData,
  'data.job_status.sessionId': field(isSessionId),
  'data.job_status.session_id': field(isSessionId),
  [`${prediction}.message`]: inProviderData,
  [`${prediction}.status`]: inProviderData,
  [`${prediction}.verificationId`]: inProviderData,
  [`${prediction}.webhook`]: ownUrl,
  [`${prediction}.results.report`]: inProviderData,
  [`${prediction}.results.entities[].id`]: inProviderData,
  [`${prediction}.results.entities[].firstName`]: inProviderData,
  [`${prediction}.results.entities[].lastName`]: inProviderData,
  [`${prediction}.results.entities[].fullName`]: inProviderData,
  [`${prediction}.results.documents[]`]: omitted('the table of a document accounts for it'),
  ...controlsAt(`${prediction}.results.controls`),
};

/** The body of a webhook. */
const webhookTable: LeafTable = {
  sessionId: field(isSessionId),
  newStatus: omitted(
    '`providerStatus` contains it, if the stage trusts the URL at which the webhook arrived',
  ),
  analysisId: inProviderData,
  entityId: inProviderData,
  correlationId: inProviderData,
};

/** The name of our webhook URL in Datakeen's API. It is a secret, so it is omitted wherever Datakeen sends it back. */
const isOwnUrl = (key: string) => key === 'webhookURL';

export const accountForAnswer = compileLeafTable(answerTable, isOwnUrl);
export const accountForDocument = compileLeafTable(documentTable, isOwnUrl);
export const accountForWebhook = compileLeafTable(webhookTable);
