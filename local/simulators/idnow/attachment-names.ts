import type { IdentOptions } from './ident-options.ts';
import { shapeOf } from './ident-states.ts';

/** The `attachments` section of an ident, undefined where it has none. */
export function attachmentNames(options: IdentOptions): Record<string, string> | undefined {
  const { files } = shapeOf(options.state);
  if (files === 'none') return undefined;
  const base = fileBase(options.transactionNumber);
  const reports = { pdf: `${base}.pdf`, xml: `${base}.xml`, xmlsig: `${base}.xml.sig` };
  return files === 'reports'
    ? reports
    : { ...reports, ...captures(base, options), ...contracts(base, options) };
}

/** Transaction numbers are free text; the files in the ZIP need a name that is safe on every disk. */
export function fileBase(transactionNumber: string): string {
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
