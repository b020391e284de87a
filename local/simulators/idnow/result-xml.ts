import type { SimulatedIdent } from './ident.ts';

/** The order of the sections in IDnow's XML samples. All other sections follow after them. */
const SECTIONS = [
  'identificationprocess',
  'esigning',
  'customdata',
  'contactdata',
  'userdata',
  'identificationdocument',
  'identificationdocument2',
  'additionaldocuments',
  'attachments',
];

/** The XML element name of the items in each list. The ident's JSON has no names for list items. */
const ITEMS: Readonly<Record<string, string>> = {
  additionaldocuments: 'additionaldocument',
  driverlicenses: 'driverlicense',
  driverlicenseclasses: 'driverlicenseclass',
};

/** The keys of the ident's JSON that IDnow's XML does not contain. */
const JSON_ONLY = new Set(['filename', 'href']);

/** Creates the XML report of an ident. In each field, the status and the submitted value become XML attributes. */
export function createIdentXml(ident: SimulatedIdent): string {
  const sections = Object.entries(ident).sort(([a], [b]) => rank(a) - rank(b));
  const content = sections.map(([name, value]) => element(name, value, 2)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<identifications>
    <identification>
${content}    </identification>
</identifications>
`;
}

function rank(section: string): number {
  const index = SECTIONS.indexOf(section);
  return index === -1 ? SECTIONS.length : index;
}

function element(name: string, value: unknown, depth: number): string {
  const indent = '    '.repeat(depth);
  if (value === null || value === undefined || JSON_ONLY.has(name)) return '';
  if (!isObject(value)) return `${indent}<${name}>${escaped(String(value))}</${name}>\n`;
  if (typeof value.status === 'string') return `${indent}${fieldElement(name, value)}\n`;
  const children = Array.isArray(value)
    ? value.map((item) => element(ITEMS[name] ?? 'item', item, depth + 1))
    : Object.entries(value).map(([key, child]) => element(key, child, depth + 1));
  return `${indent}<${name}>\n${children.join('')}${indent}</${name}>\n`;
}

function fieldElement(name: string, { value, ...attributes }: Record<string, unknown>): string {
  const marks = Object.entries(attributes)
    .filter(([, mark]) => typeof mark === 'string')
    .map(([key, mark]) => ` ${key}="${escaped(String(mark))}"`)
    .join('');
  return value === undefined || value === null
    ? `<${name}${marks}/>`
    : `<${name}${marks}>${escaped(String(value))}</${name}>`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
