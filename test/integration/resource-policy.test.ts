import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { authorization, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

/** POSTs to IDnow's webhook from an address of this machine. */
async function postFrom(localAddress: string) {
  const outgoing = request(`${sut.system.stack.url}/webhooks/idnow`, {
    method: 'POST',
    localAddress,
    headers: { authorization: authorization.replace('Basic ', 'Basic x'), 'x-forwarded-for': '127.0.0.1' },
  });
  outgoing.end('{}');
  const [incoming] = await once(outgoing, 'response');
  const { statusCode: status, headers } = incoming;
  return {
    status,
    type: headers['content-type'],
    requestId: headers['x-amzn-requestid'],
    body: JSON.parse(await text(incoming)),
  };
}

test('a request from an address outside the resource policy is answered 403, and no receiver runs', async () => {
  // Act
  const refused = await postFrom('127.0.0.2');

  // Assess
  expect(refused).toEqual({
    status: 403,
    type: 'application/problem+json',
    requestId: expect.any(String),
    body: {
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'This source address may not send webhooks here.',
    },
  });
  expect(sut.logs.join('\n')).not.toContain('delivery refused');

  // A request from an address of the policy reaches the receiver, which refuses the credential.
  expect(await postFrom('127.0.0.1')).toMatchObject({ status: 401 });
  expect(sut.logs.join('\n')).toContain('delivery refused');
});

test('the log line of a refusal has the address and the id of the request, which the access log has, too', async () => {
  const { status, requestId } = await postFrom('127.0.0.1');

  expect(status).toBe(401);
  const line = await eventually(() => {
    const found = sut.logs.find((each) => each.includes('delivery refused') && each.includes(requestId));
    return JSON.parse((found ?? '').replace(/^[^{]*/, ''));
  });
  expect(line).toMatchObject({ reason: 'credential', sourceIp: '127.0.0.1', requestId });
});
