import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { apiFixture } from './api-fixture.ts';
import { runFixture } from './run-fixture.ts';
import { sendRequest } from './send-request.ts';

/** The source code of a function that returns its event. */
const echo = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });';

async function event(answer: Promise<{ body: Buffer }>): Promise<Record<string, unknown>> {
  return JSON.parse((await answer).body.toString());
}

describe('event of an HTTP request', () => {
  it('the local API passes header names, repeated values, query parameters and path parameters to the function', async () => {
    const { stack } = await runFixture(apiFixture([['POST', '/webhooks/{provider}']], echo));

    const received = await event(
      sendRequest(
        `${stack.url}/webhooks/id%20360?a=1&b=x%20y&a=2`,
        { method: 'POST', headers: { 'X-cAsE': 'kept', 'X-Many': ['1', '2'], 'User-Agent': 'sender' } },
        'text',
      ),
    );

    expect(received).toMatchObject({
      resource: '/webhooks/{provider}',
      path: '/webhooks/id%20360',
      httpMethod: 'POST',
      headers: { 'X-cAsE': 'kept', 'X-Many': '2' },
      multiValueHeaders: { 'X-cAsE': ['kept'], 'X-Many': ['1', '2'] },
      queryStringParameters: { a: '2', b: 'x y' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x y'] },
      pathParameters: { provider: 'id 360' },
      stageVariables: null,
      requestContext: {
        httpMethod: 'POST',
        stage: 'prod',
        path: '/prod/webhooks/id%20360',
        resourcePath: '/webhooks/{provider}',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        requestTimeEpoch: expect.any(Number),
        requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        identity: { sourceIp: '127.0.0.1', userAgent: 'sender' },
      },
    });
  });

  it('the local API passes null to the function for absent parts of the request', async () => {
    const { stack } = await runFixture(apiFixture([['GET', '/']], echo));

    expect(await event(sendRequest(`${stack.url}/`))).toMatchObject({
      body: null,
      isBase64Encoded: false,
      queryStringParameters: null,
      pathParameters: null,
    });
  });

  it('the local API passes the body to the function in base64 if the template declares all media types as binary', async () => {
    const { stack } = await runFixture(apiFixture([['POST', '/in']], echo));
    const bytes = Buffer.from([0, 255, 254, 128, 10, 195]);

    const received = await event(sendRequest(`${stack.url}/in`, { method: 'POST' }, bytes));

    expect(received).toMatchObject({ isBase64Encoded: true, body: bytes.toString('base64') });
  });

  it('the local API passes the body to the function as text if the template declares no media type as binary', async () => {
    const { stack } = await runFixture(apiFixture([['POST', '/in']], echo, {}, []));

    const received = await event(sendRequest(`${stack.url}/in`, { method: 'POST' }, 'grüße'));

    expect(received).toMatchObject({ isBase64Encoded: false, body: 'grüße' });
  });

  it('the local API takes the source IP from the connection, even if the request has X-Forwarded-For', async () => {
    const { stack } = await runFixture(apiFixture([['GET', '/']], echo));
    const headers = { 'X-Forwarded-For': '203.0.113.9' };

    const received = await event(sendRequest(`${stack.url}/`, { localAddress: '127.0.0.2', headers }));

    expect(received).toMatchObject({
      requestContext: { identity: { sourceIp: '127.0.0.2' } },
      headers: { 'X-Forwarded-For': '203.0.113.9, 127.0.0.2' },
    });
  });
});

describe('routes of the local API', () => {
  it.each([
    ['GET', '/a/b', '/a/b'],
    ['GET', '/a/c', '/a/{id}'],
    ['GET', '/a/c/d', '/{proxy+}'],
    ['POST', '/a/b', '/{proxy+}'],
    ['PATCH', '/any/x', '/any/{id}'],
  ])(
    'the local API routes a request to its most specific route: %s %s to %s',
    async (method, path, resource) => {
      const { stack } = await runFixture(
        apiFixture(
          [
            ['GET', '/{proxy+}'],
            ['POST', '/{proxy+}'],
            ['GET', '/a/{id}'],
            ['GET', '/a/b'],
            ['ANY', '/any/{id}'],
          ],
          echo,
        ),
      );

      expect(await event(sendRequest(`${stack.url}${path}`, { method }))).toMatchObject({ resource });
    },
  );

  it('the local API refuses a route with an integration other than a Lambda proxy, and names the route', async () => {
    const fixture = apiFixture([['GET', '/']], echo);
    const mock = {
      Type: 'AWS::ApiGateway::Method',
      Properties: { HttpMethod: 'PUT', ResourceId: 'x', RestApiId: 'x', Integration: { Type: 'MOCK' } },
    };

    await expect(runFixture({ ...fixture, resources: { ...fixture.resources, Mock: mock } })).rejects.toThrow(
      /Mock.*only Lambda proxy integrations/s,
    );
  });
});

describe('answer of the local API', () => {
  it('the local API answers with the status, the headers and the bytes that the function returns', async () => {
    const { stack } = await runFixture(
      apiFixture(
        [['GET', '/']],
        `exports.handler = async () => ({ statusCode: 418, headers: { 'X-One': 1 }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
          body: Buffer.from([1, 255]).toString('base64'), isBase64Encoded: true });`,
      ),
    );

    const answer = await sendRequest(`${stack.url}/`);

    expect(answer).toMatchObject({ status: 418, headers: { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] } });
    expect(answer.body).toEqual(Buffer.from([1, 255]));
  });

  it.each([
    ['a string', `'ok'`],
    ['an unknown key', `{ statusCode: 200, status: 200 }`],
    ['no status', `{ body: '' }`],
    ['a body that is not a string', `{ statusCode: 200, body: {} }`],
    ['an error', `Promise.reject(new Error('x'))`],
  ])('the local API answers 502 if the function returns %s', async (_name, result) => {
    const { stack } = await runFixture(
      apiFixture([['GET', '/']], `exports.handler = async () => (${result});`),
    );

    const answer = await sendRequest(`${stack.url}/`);

    expect(answer.status).toBe(502);
    expect(answer.body.toString()).toBe('{"message":"Internal server error"}');
  });
});

it('the local API answers 502 if the function returns an invalid header', async () => {
  const { stack } = await runFixture(
    apiFixture(
      [['GET', '/']],
      `exports.handler = async () => ({ statusCode: 200, headers: { 'X-A': 'line\\nbreak' } });`,
    ),
  );

  expect((await sendRequest(`${stack.url}/`)).status).toBe(502);
});

describe('answers of the gateway itself', () => {
  const notFound = {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
      RestApiId: { Ref: 'Api' },
      StatusCode: '404',
      ResponseParameters: { 'gatewayresponse.header.Cache-Control': "'no-store'" },
      ResponseTemplates: {
        'application/problem+json':
          '{"title":"Not Found","detail":$context.error.messageString,"instance":"$context.requestId"}',
      },
    },
  };

  it("the local API uses the template's gateway response for an unknown route or method", async () => {
    const { stack } = await runFixture(apiFixture([['POST', '/in']], echo, { NotFound: notFound }));

    for (const [method, path] of [
      ['GET', '/in'],
      ['POST', '/out'],
      ['POST', '/in/'],
      ['POST', '/'],
    ] as const) {
      const answer = await sendRequest(`${stack.url}${path}`, { method });

      expect(answer).toMatchObject({
        status: 404,
        headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      });
      expect(JSON.parse(answer.body.toString())).toEqual({
        title: 'Not Found',
        detail: 'Missing Authentication Token',
        instance: answer.headers['x-amzn-requestid'],
      });
    }
  });

  it("the local API uses AWS's default answer if the template has no gateway response", async () => {
    const { stack } = await runFixture(apiFixture([['POST', '/in']], echo));

    const answer = await sendRequest(`${stack.url}/out`);

    expect([answer.status, answer.body.toString()]).toEqual([
      403,
      '{"message":"Missing Authentication Token"}',
    ]);
  });

  it('the local API keeps the original status if the gateway response DEFAULT_5XX sets no status', async () => {
    const unavailable = {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        ResponseType: 'DEFAULT_5XX',
        ResponseTemplates: { 'text/plain': 'down: $context.error.responseType' },
      },
    };
    const { stack } = await runFixture(
      apiFixture([['GET', '/']], 'exports.handler = async () => 1;', { Unavailable: unavailable }),
    );

    const answer = await sendRequest(`${stack.url}/`);

    expect([answer.status, answer.body.toString()]).toEqual([502, 'down: INTEGRATION_FAILURE']);
  });

  it("the local API refuses a body over 10 MiB with AWS's fixed answer, which the template cannot replace", async () => {
    const tooLarge = {
      ...notFound,
      Properties: { ...notFound.Properties, ResponseType: 'REQUEST_TOO_LARGE' },
    };
    const { stack } = await runFixture(apiFixture([['POST', '/in']], echo, { TooLarge: tooLarge }));

    const answer = await sendRequest(
      `${stack.url}/in`,
      { method: 'POST' },
      Buffer.alloc(10 * 1024 * 1024 + 1),
    );

    expect([answer.status, answer.body.toString()]).toEqual([413, '{"message":"Request Too Long"}']);
  });

  it('the local API answers 504 if the function takes longer than the time-out of the integration', async () => {
    const fixture = apiFixture(
      [['GET', '/']],
      'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 3000));',
    );
    const method = fixture.resources.RootGET?.Properties;
    const integration = { ...Object(method?.Integration), TimeoutInMillis: 100 };
    const impatient = {
      Type: 'AWS::ApiGateway::Method',
      Properties: { ...method, Integration: integration },
    };
    const { stack } = await runFixture({
      ...fixture,
      resources: { ...fixture.resources, RootGET: impatient },
    });

    const answer = await sendRequest(`${stack.url}/`);

    expect([answer.status, answer.body.toString()]).toEqual([
      504,
      '{"message":"Endpoint request timed out"}',
    ]);
  });

  it('the local API refuses a gateway response with an unknown variable, and names the variable', async () => {
    const strange = {
      ...notFound,
      Properties: { ...notFound.Properties, ResponseTemplates: { 'text/plain': '$context.moon' } },
    };

    await expect(runFixture(apiFixture([['GET', '/']], echo, { Strange: strange }))).rejects.toThrow(
      'context.moon',
    );
  });
});

it('the local API continues to serve after a sender closes the connection during a request', async () => {
  const { stack } = await runFixture(apiFixture([['POST', '/in']], echo));
  const { hostname, port } = new URL(stack.url);
  for (const sent of [
    'POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf',
    'POST /in HT',
    '\u0000\r\n\r\n',
  ]) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write(sent, resolve));
    socket.destroy();
  }

  expect((await sendRequest(`${stack.url}/in`, { method: 'POST' }, 'x')).status).toBe(200);
});
