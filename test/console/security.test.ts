import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pages } from '../../local/console/pages.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { auditOf } from './audit-of.ts';
import { type ConsoleUnderTest, casePath, consoleOf } from './console-under-test.ts';

let sut: SystemUnderTest;
let console: ConsoleUnderTest;
const verificationId = `idnow:${companyId}:guarded`;
const reveal = `${casePath(verificationId)}/reveal`;

beforeAll(async () => {
  sut = await startSystemUnderTest();
  console = consoleOf(sut);
  await sut.post(makeIdent({ companyId, transactionNumber: 'guarded', state: 'START', time: new Date() }));
  await sut.events.receive(verificationId, 1);
});
afterAll(() => sut?.stop());

const listed = pages.flatMap(({ path, name }) => (name === null ? [] : [path]));

test.each([...listed, casePath(verificationId), '/no-such-page'])(
  'the page %s has strict headers, and nothing inline',
  async (path) => {
    const { status, headers, html } = await console.get(path);

    expect(status).toBe(path === '/no-such-page' ? 404 : 200);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(html).not.toMatch(/<script(?! src="\/_console\/)|<style| style=| on[a-z]+=|https?:\/\//);
  },
);

test.each(['GET', 'POST'])('a %s with a forged Host header is refused and has no effect', async (method) => {
  const token = await console.readToken(casePath(verificationId));
  const { hostname, port } = new URL(console.url);
  const body = method === 'POST' ? `token=${token}&reason=forged+host` : '';
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = {
      host: `rebound.example:${port}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    };
    request(
      {
        hostname,
        port,
        method,
        path: `/_console${method === 'GET' ? casePath(verificationId) : reveal}`,
        headers,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    )
      .on('error', reject)
      .end(body);
  });

  expect(status).toBe(403);
  expect(await auditOf(sut)).not.toContainEqual(expect.objectContaining({ reason: 'forged host' }));
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['from another site', {}, { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }],
  ['from another port of this machine', {}, { 'sec-fetch-site': 'same-site' }],
  [
    'from a browser that names only another origin',
    {},
    { 'sec-fetch-site': '', origin: 'http://127.0.0.1:9' },
  ],
  ['without the token of a form', { token: '' }, {}],
  ['with a wrong token', { token: 'x'.repeat(43) }, {}],
  ['as plain text, which forms of other sites can send', {}, { 'content-type': 'text/plain' }],
])('a POST %s is refused and has no effect', async (title, fields, headers) => {
  const { status } = await console.post(reveal, { reason: title, ...fields }, headers);

  expect(status).toBe(403);
  expect(await auditOf(sut)).not.toContainEqual(expect.objectContaining({ reason: title }));
});

test('a POST of the console itself has an effect, so that the refusals above prove something', async () => {
  expect((await console.post(reveal, { reason: 'the control' })).status).toBe(200);
  expect(await auditOf(sut)).toContainEqual(expect.objectContaining({ reason: 'the control' }));
});

test('a GET of each path that handles a form is unknown, so it has no effect', async () => {
  const forms = pages.filter(({ post, get }) => post !== undefined && get === undefined);
  expect(forms.length).toBeGreaterThan(1);
  for (const { path } of forms) {
    const filled = path
      .replace(':verificationId', encodeURIComponent(verificationId))
      .replace(/:\w+(\{[^}]*\})?/g, 'events');
    expect((await console.get(`${filled}?reason=by+get&confirm=yes`)).status).toBe(404);
  }
  expect(await auditOf(sut)).not.toContainEqual(expect.objectContaining({ reason: 'by get' }));
});

test('hostile values are text in every page, also in the page with personal data', async () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
  const transactionNumber = 'x<script>';
  const ident = makeIdent({ companyId, transactionNumber, state: 'CHECK_PENDING', time: new Date() });
  const named = JSON.parse(
    JSON.stringify(ident).replaceAll(/"value":"[^"]*"/g, `"value":${JSON.stringify(hostile)}`),
  );
  await sut.post({ ...named, [hostile]: hostile });
  const id = `idnow:${companyId}:${encodeURIComponent(transactionNumber)}`;
  await sut.events.receive(id, 1);

  const answers = [
    await console.get('/cases'),
    await console.get(casePath(id)),
    await console.get(`/cases?search=${encodeURIComponent(hostile)}`),
    await console.post(`${casePath(id)}/reveal`, { reason: hostile }),
    await console.get('/audit'),
  ];

  for (const { html } of answers) expect(html).not.toMatch(/<script>|<img/);
  expect(answers[3]?.html).toContain('&lt;img src=x onerror=alert(2)&gt;');
});
