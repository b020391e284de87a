import { expect, test } from 'vitest';
import { EnrollmentFilePath } from '../../../shared/providers/id360/settings.ts';

test.each([
  'api/1.0.0/enrollment/{id}/idclaim',
  '/v2/{id}/claims/{id}.asice',
  'pdf?enrollment={id}&draft=0',
  '{id}.pdf',
])('the setting for the path of an ID360 file accepts %s', (path) => {
  expect(EnrollmentFilePath.safeParse(path).success).toBe(true);
});

test.each([
  ['a URL', 'https://elsewhere.example/{id}'],
  ['a host', '//elsewhere.example/{id}'],
  ['a host, as browsers read it', String.raw`\\elsewhere.example\{id}`],
  ['a host after a slash', String.raw`/\elsewhere.example/{id}`],
  ['a scheme', 'file:{id}'],
  ['credentials', 'user@elsewhere.example/{id}'],
  ['a path with a space', 'pdf/{id} '],
  ['a path without an id', 'api/1.0.0/pdf'],
  ['nothing', ''],
])('the setting for the path of an ID360 file rejects %s', (_what, path) => {
  expect(EnrollmentFilePath.safeParse(path).success).toBe(false);
});
