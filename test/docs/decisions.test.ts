import { globSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'docs/decisions';
const read = (path: string) => readFile(join(root, path), 'utf8');

const recordFiles = globSync(`${folder}/[0-9]*.md`, { cwd: root }).sort();
const documents = [
  ...globSync('*.md', { cwd: root }).sort(),
  ...globSync('docs/**/*.md', { cwd: root }).sort(),
];

interface DecisionRecord {
  readonly number: string;
  readonly file: string;
  readonly title: string;
  /** `accepted`, or the number of the successor, such as `superseded by 016`. */
  readonly status: string;
  readonly date: string;
}

/** Reads the first three lines of a decision record. @throws Error if the record begins differently */
async function readRecord(path: string): Promise<DecisionRecord> {
  const text = await read(path);
  const file = path.slice(folder.length + 1);
  const form = /^# (\d{3}) · (.+)\n\nStatus: (accepted|superseded by \d{3}) · (\d{4}-\d\d-\d\d)( · .+)?\n/;
  const [, number, title, status, date] = form.exec(text) ?? [];
  if (number === undefined || title === undefined || status === undefined || date === undefined) {
    throw new Error(
      `${path} must begin with "# NNN · Title", an empty line, "Status: accepted · YYYY-MM-DD"`,
    );
  }
  return { number, file, title, status, date };
}

/** Reads the index of decision records, `docs/decisions/README.md`. Each row of its table describes one record. */
async function readIndex(): Promise<DecisionRecord[]> {
  const row = /^\| \[(\d{3})\]\(([^)]+)\) \| (.+?) \| (.+?) \| (\d{4}-\d\d-\d\d) \| .+ \|$/gm;
  return [...(await read(`${folder}/README.md`)).matchAll(row)].map(
    ([, number = '', file = '', title = '', status = '', date = '']) => ({
      number,
      file,
      title,
      status,
      date,
    }),
  );
}

/** Removes the code blocks of a document, because brackets in code are not links. */
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');

/** Returns the anchor that GitHub generates for a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

async function anchorsIn(path: string): Promise<string[]> {
  const headings = withoutCode(await read(path)).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) => anchorOf(heading));
}

const exists = (path: string) =>
  stat(join(root, path)).then(
    () => true,
    () => false,
  );

describe('the index of decision records', () => {
  test('the index lists every decision record in order, with its title, status and date', async () => {
    // Act
    const records = await Promise.all(recordFiles.map(readRecord));

    // Assess
    expect(records.length).toBeGreaterThan(0);
    expect(await readIndex()).toEqual(records);
  });

  test('every decision record repeats the number of its file name, and no two records share a number', async () => {
    // Act
    const records = await Promise.all(recordFiles.map(readRecord));

    // Assess
    expect(records.map(({ file }) => file.slice(0, 3))).toEqual(records.map(({ number }) => number));
    expect(new Set(records.map(({ number }) => number)).size).toBe(records.length);
  });
});

test('a superseded decision record names an accepted record as its successor', async () => {
  // Prepare
  const records = await Promise.all(recordFiles.map(readRecord));
  const accepted = records.filter(({ status }) => status === 'accepted').map(({ number }) => number);

  // Act
  const successors = records
    .filter(({ status }) => status !== 'accepted')
    .map(({ status }) => status.slice('superseded by '.length));

  // Assess
  expect(successors.filter((number) => !accepted.includes(number))).toEqual([]);
});

test('code and documents cite only accepted decision records', async () => {
  // Prepare
  const records = await Promise.all(recordFiles.map(readRecord));
  const accepted = records.filter(({ status }) => status === 'accepted').map(({ number }) => number);
  const sources = globSync('{functions,infra,local,shared,test}/**/*.ts', { cwd: root });

  // Act
  const dangling: string[] = [];
  for (const path of [...sources, ...documents]) {
    if (path === 'test/docs/decisions.test.ts') continue;
    for (const [citation, number = ''] of (await read(path)).matchAll(/\bdecisions?[ /](\d{3})\b/g)) {
      if (!accepted.includes(number)) dangling.push(`${path}: ${citation}`);
    }
  }

  // Assess
  expect(dangling).toEqual([]);
});

test.each(documents)('every relative link in %s leads to a file and a heading that exist', async (path) => {
  // Act
  const dangling: string[] = [];
  for (const [, target = ''] of withoutCode(await read(path)).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [file = '', anchor] = target.split('#');
    const linked = file === '' ? path : join(dirname(path), file);
    const isThere = await exists(linked);
    const hasAnchor = anchor === undefined || (isThere && (await anchorsIn(linked)).includes(anchor));
    if (!isThere || !hasAnchor) dangling.push(target);
  }

  // Assess
  expect(dangling).toEqual([]);
});

test.each(documents)('every source path in backticks in %s exists', async (path) => {
  // Act
  const named = (await read(path)).matchAll(/`((?:docs|functions|infra|local|shared|test)\/[\w./-]+)`/g);
  const missing: string[] = [];
  for (const [, file = ''] of named) if (!(await exists(file))) missing.push(file);

  // Assess
  expect(missing).toEqual([]);
});
