import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { getListeningPort } from '../../local/stack/http/free-port.ts';
import { eventually } from '../support/eventually.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv, type RunningIdv, startIdv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

async function post(transactionNumber: string, state: 'START' | 'CHECK_PENDING' | 'SUCCESS', minute = 0) {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
  const ident = makeIdent({ companyId, transactionNumber, state, time });
  sut.simulator.put(ident);
  return sut.post(ident);
}

/** Starts `idv listen`, and waits until it misses nothing. */
async function listen(...args: string[]): Promise<RunningIdv> {
  const running = startIdv(sut, 'listen', ...args);
  onTestFinished(async () => {
    await running.stop();
  });
  await eventually(() => expect(running.err.join()).toContain('listening to local'));
  return running;
}

const withoutTime = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, '').replaceAll(/ +/g, ' '));

test('deliveries with their decisions and events appear as one line each, until the command is stopped', async () => {
  await post('earlier', 'START');
  await sut.events.receive(idOf('earlier'), 1);
  const running = await listen('--case', idOf('live'));

  await post('live', 'START');
  await post('other', 'START');
  await post('live', 'SUCCESS', 2);
  await eventually(() => expect(running.out).toHaveLength(5));
  await post('live', 'CHECK_PENDING', 1);
  await eventually(() => expect(running.out).toHaveLength(6));

  const id = idOf('live');
  expect(withoutTime(running.out)).toEqual([
    `delivery ${id} accepted`,
    `event ${id} #1 verification.started in_progress · provisional`,
    `delivery ${id} accepted`,
    `event ${id} #2 verification.decided completed · approved · final`,
    `event ${id} #3 evidence.archived completed · approved · final`,
    `delivery ${id} stale (after-final)`,
  ]);
  expect((await running.stop()).code).toBe(0);
});

test('a quarantined delivery without a case appears, and --json prints one object in each line', async () => {
  const running = await listen('--json');

  await sut.post({ unknown: 'shape' });
  await post('json', 'SUCCESS');
  await eventually(() => expect(running.out).toHaveLength(4));

  const { out } = await running.stop();
  const entries = out.split('\n').map((line) => JSON.parse(line));
  expect(
    entries.map(({ kind, verificationId, decision, reason, type }) => [
      kind,
      verificationId,
      decision ?? type,
      reason,
    ]),
  ).toEqual([
    ['delivery', null, 'quarantined', 'unknown-shape'],
    ['delivery', idOf('json'), 'accepted', null],
    ['event', idOf('json'), 'idv.verification.decided.v1', undefined],
    ['event', idOf('json'), 'idv.evidence.archived.v1', undefined],
  ]);
  expect(out, 'no personal data').not.toMatch(/MUSTERMAN|ERIKA/i);
});

/** Starts a consumer under development. It answers with the next status: 204 at the end, and 0 closes the connection. */
async function startConsumer(statuses: number[]) {
  const received: {
    type: string | undefined;
    event: { id: string; specversion: string; data: { claims: object } };
  }[] = [];
  const server: Server = createServer(async (request, response) => {
    const status = statuses.shift() ?? 204;
    received.push({ type: request.headers['content-type'], event: JSON.parse(await text(request)) });
    if (status === 0) request.socket.destroy();
    else response.writeHead(status).end('the consumer says why');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${getListeningPort(server.address())}/events`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { url, received, close };
}

test('events are forwarded as CloudEvents in the order of their case, and a consumer that fails ends nothing', async () => {
  const { url, received } = await startConsumer([204, 500, 0]);
  const running = await listen('--case', idOf('forwarded'), '--forward-to', url);

  for (let minute = 1; minute <= 8; minute++) await post('forwarded', 'CHECK_PENDING', minute);
  await post('forwarded', 'SUCCESS', 9);

  await eventually(() => expect(received).toHaveLength(10));
  const ids = (await sut.events.receive(idOf('forwarded'), 10)).map(({ id }) => id);
  expect(received.map(({ event }) => event.id)).toEqual(ids);
  expect(new Set(received.map(({ type }) => type))).toEqual(
    new Set(['application/cloudevents+json; charset=utf-8']),
  );
  expect(received.at(-1)?.event).toMatchObject({
    specversion: '1.0',
    data: { claims: { given_name: expect.any(String) } },
  });
  await eventually(() => {
    const answers = withoutTime(running.out).filter((line) => line.includes('answer'));
    expect(answers.slice(0, 4)).toEqual([
      ` answer ${idOf('forwarded')} #1 204`,
      ` answer ${idOf('forwarded')} #2 500`,
      ` answer ${idOf('forwarded')} #3 UND_ERR_SOCKET`,
      ` answer ${idOf('forwarded')} #4 204`,
    ]);
  });
  expect(running.out.join('\n')).not.toContain('the consumer says why');
});

test('a consumer that does not listen is reported, and the next event is sent to it', async () => {
  const { url, close } = await startConsumer([]);
  await close();
  const running = await listen('--case', idOf('absent'), '--forward-to', url);

  await post('absent', 'START');
  await post('absent', 'CHECK_PENDING', 1);

  await eventually(() => {
    expect(running.out.join('\n')).toContain('#1 ECONNREFUSED');
    expect(running.out.join('\n')).toContain('#2 ECONNREFUSED');
  });
});

test('--reveal is in the audit, and a URL that is none ends with exit code 2', async () => {
  const { url } = await startConsumer([]);
  const running = await listen('--forward-to', url, '--reveal', 'ticket 4711');
  await running.stop();

  expect((await idv(sut, 'audit', '--json')).out).toContain(`events are forwarded to ${new URL(url).origin}`);
  expect(await idv(sut, 'listen', '--forward-to', 'localhost:3000')).toMatchObject({ code: 2, out: '' });
  expect(await idv(sut, 'listen', '--case', 'order-4711')).toMatchObject({
    code: 2,
    err: expect.stringContaining('not the id of a case'),
  });
});

test('a consumer that is too slow, or that cannot be asked, is reported in words', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const url = `http://127.0.0.1:${getListeningPort(silent.address())}/`;
  const slow = await listen('--case', idOf('slow'), '--forward-to', url);
  // Browsers and fetch never ask port 9.
  const forbidden = await listen('--case', idOf('slow'), '--forward-to', 'http://127.0.0.1:9/');

  await post('slow', 'START');
  await eventually(() => expect(forbidden.out.join('\n')).toContain('#1 bad port'));
  await eventually(() => expect(slow.out.join('\n')).toContain('#1'));
  await slow.stop();

  await eventually(() => expect(slow.out.join('\n')).toContain('#1 stopped before the answer'));
});
