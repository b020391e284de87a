import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const promise =
  'every accepted change is published at least once, in order per verification; `sequence` is contiguous within a ' +
  'generation, so a consumer that keeps the last one it saw processes each change exactly once and notices any gap; and ' +
  'each event tells the whole state, so that a consumer that only wants the latest needs nothing else.';

test.each(['README.md', 'docs/events/README.md'])('%s states the delivery promise in full', async (path) => {
  const text = (await read(path)).replaceAll(/\s+/g, ' ');

  expect(text.replace('Every accepted', 'every accepted')).toContain(promise);
});

test('the event in README.md has exactly the members of the published schema', async () => {
  const [, json = ''] = /^## The event\n\n```json\n([\s\S]*?)^```$/m.exec(await read('README.md')) ?? [];
  const event: unknown = JSON.parse(json);

  const parsed = VerificationEvent.parse(event);

  expect(parsed).toEqual(event);
  const { id, subject, sequence, data } = parsed;
  expect(id).toBe(`${subject}#${data.generation}.${sequence}`);
});
