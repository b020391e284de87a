import { describe, expect, test } from 'vitest';
import { createIdentXml } from '../../../local/simulators/idnow/result-xml.ts';
import { demoIdent } from '../support/idnow.ts';

/** Removes the indentation of XML, because it has no meaning. */
function flat(xml: string): string {
  return xml.replaceAll(/\n\s*/g, '');
}

describe('createIdentXml of a value', () => {
  test.each([
    { name: 'verified', identField: { status: 'MATCH', value: 'ERIKA' }, xml: '<x status="MATCH">ERIKA</x>' },
    {
      name: 'changed',
      identField: { status: 'CHANGE', value: 'B', original: 'A' },
      xml: '<x status="CHANGE" original="A">B</x>',
    },
    {
      name: 'only submitted',
      identField: { status: 'ORIGINAL', original: 'A' },
      xml: '<x status="ORIGINAL" original="A"/>',
    },
    { name: 'redacted', identField: { status: 'REDACTION', value: null }, xml: '<x status="REDACTION"/>' },
    {
      name: 'full of special characters',
      identField: { status: 'CHANGE', value: '<&>', original: '"' },
      xml: '<x status="CHANGE" original="&quot;">&lt;&amp;&gt;</x>',
    },
  ])('createIdentXml writes a value of an ident that is $name', ({ identField, xml }) => {
    const ident = { ...demoIdent(), userdata: { x: identField } };
    expect(flat(createIdentXml(ident))).toContain(`<userdata>${xml}</userdata>`);
  });
});

test("createIdentXml writes the sections in the order of IDnow's samples", () => {
  const xml = createIdentXml(
    demoIdent({ esigning: true, bankTransfer: true, proofOfAddress: 'SUCCESS', secondDocument: true }),
  );

  const sections = [...xml.matchAll(/^ {8}<(\w+)>$/gm)].map(([, name]) => name);
  expect(sections).toEqual([
    'identificationprocess',
    'esigning',
    'customdata',
    'contactdata',
    'userdata',
    'identificationdocument',
    'identificationdocument2',
    'additionaldocuments',
    'attachments',
    'banktransferpaymentinfo',
  ]);
});

test('createIdentXml writes identificationprocess, but without href and filename', () => {
  const xml = flat(createIdentXml(demoIdent({ nfc: true })));

  expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><identifications><identification>/);
  expect(xml).toContain('<result>SUCCESS</result>');
  expect(xml).toContain('<identificationtime>2026-11-22T12:14:58+02:00</identificationtime>');
  expect(xml).toContain('<wasnfcused>true</wasnfcused>');
  expect(xml).not.toMatch(/<(href|filename)>/);
});

test('createIdentXml writes each list item in an element with its own name, and omits null values', () => {
  const xml = flat(createIdentXml(demoIdent({ driverLicenses: true, proofOfAddress: 'SUCCESS' })));

  expect(xml).toContain('<additionaldocument><documentname>UTILITY_BILL</documentname><address>');
  expect(xml).toContain(
    '<driverlicense><licenseClass>M</licenseClass><validFromReadout>DATE</validFromReadout>',
  );
  expect(xml).toContain('<validFrom>2010-06-15</validFrom>');
  expect(xml).toContain('<customdata></customdata>');
});
