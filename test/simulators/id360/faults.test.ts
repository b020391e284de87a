import { expect, test } from 'vitest';
import { makeId360Report } from '../../../local/simulators/id360/make-report.ts';
import { getFromId360, id360ForTest, loginToId360, postLoginToId360 } from '../support/id360.ts';

const video = 'document/101/file_contents/?page_number=0';

test('the ID360 simulator counts the requests of each route, including failed requests', async () => {
  await using id360 = await id360ForTest();
  id360.failNext('login', { status: 500 });
  await postLoginToId360(id360.url, '{}');
  const token = await loginToId360(id360.url);
  const report = 'enrollment/1/report';
  for (const path of ['user/whoami', report, report, `${report}/pdf`, 'enrollment/1/idclaim', video]) {
    await getFromId360(id360.url, token, path);
  }
  await fetch(`${id360.url}/_simulator/enrollments/1`, { method: 'PUT' });
  await fetch(`${id360.url}/nothing`);

  expect(id360.requests).toEqual({
    login: 2,
    whoami: 1,
    create: 0,
    discontinue: 0,
    report: 2,
    pdf: 1,
    idclaim: 1,
    document: 1,
    control: 1,
    other: 1,
  });
});

test.each([
  { status: 202, detail: 'The report is not ready yet.' },
  { status: 401, detail: 'Invalid token.' },
  { status: 404, detail: 'Not found.' },
  { status: 429, detail: 'Request was throttled.' },
  { status: 503, detail: 'Error' },
])(
  'a planned error of the ID360 simulator with the status $status has the error body "$detail"',
  async ({ status, detail }) => {
    await using id360 = await id360ForTest();
    id360.failNext('report', { status, headers: { 'retry-after': '7' } });

    const response = await getFromId360(id360.url, 'any', 'enrollment/1/report');

    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ detail });
  },
);

test('a planned error of the ID360 simulator affects one route, and does not count as the first request', async () => {
  await using id360 = await id360ForTest();
  id360.put(makeId360Report({ id: 1, status: 'OK', documents: ['liveness'] }));
  const token = await loginToId360(id360.url);
  const statusOf = async (path: string) => (await getFromId360(id360.url, token, path)).status;
  id360.failNext('report', { status: 500 });

  expect(await statusOf(video)).toBe(200);
  const report = 'enrollment/1/report';
  expect([await statusOf(report), await statusOf(report), await statusOf(report)]).toEqual([500, 202, 200]);
});

test('draftRequests of the ID360 simulator includes requests for a draft that a planned error answers', async () => {
  await using id360 = await id360ForTest();
  id360.failNext('report', { status: 503 });

  await getFromId360(id360.url, 'any', 'enrollment/1/report?allow_draft=true');

  expect(id360.draftRequests).toEqual(['/api/1.0.0/enrollment/1/report']);
});

test('the planned error "hang-up" of the ID360 simulator sends only the given number of bytes of a video', async () => {
  await using id360 = await id360ForTest({ videoPadding: 200_000 });
  id360.put(makeId360Report({ id: 1, status: 'OK', documents: ['liveness'] }));
  id360.failNext('document', { status: 'hang-up', afterBytes: 100_000 });

  const response = await getFromId360(id360.url, await loginToId360(id360.url), video);

  expect(response.status).toBe(200);
  let received = 0;
  const reading = async () => {
    for await (const chunk of response.body ?? []) received += chunk.length;
  };
  await expect(reading()).rejects.toThrow();
  expect(received).toBe(100_000);
});
