import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../local/browser/launch-chromium.ts';
import { localConsolePath } from '../../local/console/local-console.ts';
import { pages } from '../../local/console/pages.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { auditOf } from '../console/audit-of.ts';
import { casePath } from '../console/console-under-test.ts';
import { eventually } from '../support/eventually.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { quarantineAsOlderVersion } from './quarantined-row.ts';
import { openWatched, type WatchedPage } from './watched-page.ts';

let sut: SystemUnderTest;
let browser: Browser;
let consoleUrl: string;
const opened: WatchedPage[] = [];

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

function identOf(transactionNumber: string, state: 'START' | 'CHECK_PENDING' | 'SUCCESS') {
  const ident = makeIdent({ companyId, transactionNumber, state, time: new Date() });
  sut.simulator.put(ident);
  return ident;
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const watched = await openWatched(browser, consoleUrl + path, options);
  opened.push(watched);
  return watched.page;
}

beforeAll(async () => {
  [sut, browser] = await Promise.all([startSystemUnderTest(), launchChromium()]);
  consoleUrl = `${sut.system.stack.url}${localConsolePath}`;
  await sut.post(identOf('shown', 'CHECK_PENDING'));
  await sut.post(identOf('shown', 'SUCCESS'));
  await sut.post({
    identificationprocess: { companyid: companyId, transactionnumber: 'strange', result: 'NEW_WORD' },
  });
  await sut.events.receive(idOf('shown'), 3);
});
afterAll(async () => {
  await browser?.close();
  await sut?.stop();
});

afterEach(async () => {
  const problems = opened.flatMap((watched) => watched.problems);
  await Promise.all(opened.splice(0).map((watched) => watched.close()));
  expect(problems, 'errors, CSP violations and foreign requests').toEqual([]);
});

const paths = [...pages.flatMap(({ path, name }) => (name === null ? [] : [path])), casePath(idOf('shown'))];

describe.each(paths)('the page %s', (path) => {
  test.each(['light', 'dark'] as const)(
    'has no problem for people with disabilities, in %s',
    async (colorScheme) => {
      const page = await open(path, { colorScheme });

      expect(await findAxeViolations(page)).toEqual([]);
      const background = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      expect(background).toBe(colorScheme === 'light' ? 'rgb(246, 246, 243)' : 'rgb(17, 18, 20)');
    },
  );

  test('needs no horizontal scrolling at 320 CSS pixels, which are 400 % zoom of 1280', async () => {
    const page = await open(path, { viewport: { width: 320, height: 256 } });
    for (const summary of await page.locator('summary').all()) await summary.click();

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});

test('the keyboard reaches everything: the skip link, the search, a case, and its raw body', async () => {
  const page = await open('/cases');
  const focused = () =>
    page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('main');
  await tabTo(page, '#search');
  await page.keyboard.type(idOf('shown'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cases?search=*');
  await tabTo(page, 'td a');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${casePath(idOf('shown'))}`);
  await tabTo(page, 'summary');
  const outline = 'getComputedStyle(document.activeElement).outlineStyle';
  expect(await page.evaluate(outline)).toBe('solid');
  await page.keyboard.press('Enter');

  expect(await page.locator('details[open] .json').first().isVisible()).toBe(true);
});

test('a case updates while its webhooks arrive, and what is open stays open', async () => {
  await sut.post(identOf('live', 'START'));
  await sut.events.receive(idOf('live'), 1);
  const page = await open(casePath(idOf('live')));
  await page.evaluate('document.body.dataset.sameDocument = "yes"');
  await page.locator('summary').first().click();
  expect(await page.locator('.step').count()).toBe(1);

  await sut.post(identOf('live', 'CHECK_PENDING'));
  await page.locator('.step', { hasText: 'Verification updated' }).waitFor();
  await sut.post(identOf('live', 'SUCCESS'));
  await page.locator('.step', { hasText: 'Evidence archived' }).waitFor();

  expect(await page.locator('.case .badge').first().textContent()).toBe('approved');
  expect(await page.locator('details[open]').count()).toBe(1);
  expect(await page.locator('body').getAttribute('data-same-document')).toBe('yes');
});

test('updates can be paused', async () => {
  const page = await open(casePath(idOf('shown')));

  await page.getByRole('button', { name: 'Pause updates' }).click();

  expect(await page.locator('.live [role=status]').textContent()).toBe('Paused');
});

test('a case can be read without script', async () => {
  const page = await open(casePath(idOf('shown')), { javaScriptEnabled: false });

  expect(await page.locator('.step').count()).toBe(3);
  expect(await page.getByRole('button', { name: 'Pause updates' }).count()).toBe(0);
});

test('a quarantined delivery is replayed: a dry run first, then with a reason, which the audit records', async () => {
  const body = identOf('late', 'SUCCESS');
  await quarantineAsOlderVersion(sut, { verificationId: idOf('late'), body });
  const page = await open('/quarantine');

  const row = page.getByRole('row').filter({ hasText: '1 of 1' });
  await row.getByRole('button', { name: 'Replay' }).click();
  await page.getByRole('heading', { name: 'dry run' }).waitFor();
  expect(await page.locator('main').textContent()).toContain('1 accepted');
  expect(await auditOf(sut)).toEqual([]);

  await page.getByLabel('Why?').fill('this version knows the status');
  await page.getByRole('button', { name: /now$/ }).click();
  await page.getByRole('heading', { name: 'done' }).waitFor();

  expect(await auditOf(sut)).toMatchObject([
    { action: 'replay', verificationId: idOf('late'), reason: 'this version knows the status' },
  ]);
  const [event] = await sut.events.receive(idOf('late'), 1);
  expect(event?.data.outcome).toBe('approved');
});

test('a form of another site that posts to the console is refused', async () => {
  const token = await (await open(casePath(idOf('shown')))).locator('[name=token]').first().inputValue();
  const context = await browser.newContext();
  const page = await context.newPage();
  const target = `${consoleUrl}${casePath(idOf('shown'))}/reveal`;
  const form = `<form method="post" action="${target}"><input name="token" value="${token}"><input name="reason" value="foreign"><button>Win</button></form>`;
  await page.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: form }),
  );
  await page.goto('http://elsewhere.example/');

  const [response] = await Promise.all([page.waitForResponse(target), page.getByRole('button').click()]);

  expect(response.status()).toBe(403);
  await context.close();
  expect((await auditOf(sut)).map(({ reason }) => reason)).not.toContain('foreign');
});

async function tabTo(page: Page, selector: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)).toBe(true);
  });
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Checks a page with the rules of axe-core for WCAG 2.2, levels A and AA. */
async function findAxeViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run({ runOnly: ${JSON.stringify(tags)} })`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
