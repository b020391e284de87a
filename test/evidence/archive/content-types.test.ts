import { expect, test } from 'vitest';
import { addMissingExtension } from '../../../shared/evidence/archive/content-types.ts';

test.each([
  ['documents/front-1-0', 'image/jpeg', 'documents/front-1-0.jpg'],
  ['liveness_video$0-5-0', 'video/mp4', 'liveness_video$0-5-0.mp4'],
  ['a', 'application/pdf; charset=binary', 'a.pdf'],
  ['a.v1-354746-0', 'image/PNG', 'a.v1-354746-0.png'],
  ['a', 'application/x-unheard-of', 'a.bin'],
  ['a.b/c', 'text/plain', 'a.b/c.txt'],
])('the name %s of a file of the type %s becomes %s', (name, contentType, expected) => {
  expect(addMissingExtension(name, contentType)).toBe(expected);
});

test.each(['report.pdf', 'a.JPG', 'idclaim.asice', 'x.xml.sig'])(
  'the name %s has an extension, so it stays, whatever its content is',
  (name) => {
    expect(addMissingExtension(name, 'image/png')).toBe(name);
  },
);
