import type { IdentOptions } from './ident-options.ts';
import { getIdentContentInState } from './ident-states.ts';

/** Returns an ident's `attachments`: the file name of each attachment. @returns undefined if its state has no attachments */
export function listIdentAttachmentNames(options: IdentOptions): Record<string, string> | undefined {
  const { files } = getIdentContentInState(options.state);
  if (files === 'none') return undefined;
  const base = buildIdentFileBaseName(options.transactionNumber);
  const reports = { pdf: `${base}.pdf`, xml: `${base}.xml`, xmlsig: `${base}.xml.sig` };
  return files === 'reports'
    ? reports
    : { ...reports, ...captures(base, options), ...contracts(base, options) };
}

/** Returns the first part of all file names in the result ZIP: the transaction number, without unsafe characters. */
export function buildIdentFileBaseName(transactionNumber: string): string {
  return transactionNumber.replaceAll(/[^\w.-]/g, '_');
}

function captures(base: string, { images = 'jpg', proofOfAddress }: IdentOptions) {
  const kinds = ['idfrontside', 'idbackside', 'userface', 'security1', 'security2', 'security3'];
  if (proofOfAddress !== undefined) kinds.push('utilitybill');
  return {
    ...Object.fromEntries(kinds.map((kind) => [kind, `${base}_${kind}.${images}`])),
    securityfeaturevideo: `${base}_securityfeaturevideo.mp4`,
  };
}

function contracts(base: string, { esigning }: IdentOptions) {
  if (!esigning) return {};
  return {
    'contract-doc': `${base}_Contract_document_original.pdf`,
    'signedcontract-doc': `${base}_Contract_document_signed.pdf`,
  };
}
