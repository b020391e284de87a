import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createId360WebhookAdapter } from '../../shared/providers/id360/webhook.ts';
import { computeCallbackSignature } from '../../shared/receiving/guards/signed-url.ts';
import { ident, inlineBodyOf, receiverUnderTest, secretOf } from './receiver-under-test.ts';

describe('what the receiver records about the sender of a delivery', () => {
  const source = createId360WebhookAdapter({ ID360_SOURCE_IPS: '[]' });
  const urlSecret = 'a url secret';
  const secret = secretOf({
    callbackHeader: { name: 'X-Callback-Token', values: ['t'] },
    urlSecrets: [urlSecret],
  });
  const headers = { 'X-Callback-Token': 't' };
  const signature = computeCallbackSignature('id360', 'order-1', urlSecret);
  const accepted = JSON.stringify({ id: 50123, status: 'STARTED' });
  const quarantined = JSON.stringify({ id: 50123, status: 'NEVER_SEEN' });

  test.each([
    {
      title: 'a signed URL',
      pathParameters: { reference: 'order-1', signature },
      expected: { reference: 'order-1', signature: 'valid' },
    },
    {
      title: 'a URL that is not signed',
      pathParameters: null,
      expected: { reference: null, signature: 'none' },
    },
  ])(
    'each delivery is recorded with its source address, reference, signature and software version: $title',
    async ({ pathParameters, expected }) => {
      // Prepare
      const receiver = receiverUnderTest({ source, secret });
      const sourceIp = '2001:db8::7';

      // Act: send an accepted delivery, the same one again, and one that is not understood.
      for (const body of [accepted, accepted, quarantined])
        await receiver.receive({ headers, sourceIp, pathParameters, body });

      // Assess
      const common = { deliveryId: 'request-1', provider: 'id360', receivedAt: '2026-11-22T12:00:00Z' };
      const delivery = { ...common, sourceIp, ...expected, softwareVersion: '1.2.3' };
      const body = (text: string) => ({ kind: 'text', text });
      const verificationId = 'id360:50123';
      expect(receiver.accepted).toEqual([{ ...delivery, body: body(accepted) }]);
      expect(receiver.history).toEqual([
        {
          delivery: { ...delivery, body: body(accepted) },
          decision: { decision: 'duplicate', reason: 'seen', verificationId },
        },
        {
          delivery: { ...delivery, body: body(quarantined) },
          decision: { decision: 'quarantined', reason: 'unknown-status', verificationId },
        },
      ]);
    },
  );

  test('a delivery with an invalid signature is not recorded, because it is refused', async () => {
    // Prepare
    const receiver = receiverUnderTest({ source, secret });

    // Act
    const pathParameters = { reference: 'order-2', signature };
    const answer = await receiver.receive({ headers, pathParameters, body: accepted });

    // Assess
    expect(answer.status).toBe(401);
    expect([receiver.accepted, receiver.history]).toEqual([[], []]);
  });
});

describe('the raw body that the receiver records', () => {
  test.each([
    ['text with a byte order mark', Buffer.from('\uFEFF{}'), 'text'],
    ['text with a character of four bytes', Buffer.from('"\u{1F600}"'), 'text'],
    ['text with NUL', Buffer.from('"\u0000"'), 'text'],
    ['a character that is cut off', Buffer.from('"\u{1F600}"').subarray(0, 4), 'base64'],
    ['ISO 8859-1', Buffer.from('{"name":"M\u00FCller"}', 'latin1'), 'base64'],
    ['UTF-16', Buffer.from('{"name":"M\u00FCller"}', 'utf16le'), 'base64'],
  ])('a body is stored byte for byte, as text only if it is valid UTF-8: %s', async (_title, body, kind) => {
    // Prepare
    const { post, history } = receiverUnderTest();

    // Act
    await post(body);

    // Assess
    expect(history.map(({ delivery }) => delivery.body.kind)).toEqual([kind]);
    expect(Buffer.compare(inlineBodyOf(history[0]?.delivery), body)).toBe(0);
  });

  test('a body of any bytes is stored byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (body) => {
        const { post, history } = receiverUnderTest();
        await post(body);
        expect(Buffer.compare(inlineBodyOf(history[0]?.delivery), body)).toBe(0);
      }),
    );
  });

  /** Text that takes about 180 KB when it is compressed: base64 of 180 KB of random bytes. */
  const large = Array.from({ length: 3 }, () =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(60 * 1024))).toString('base64'),
  ).join('');
  /** Other objects contain the findings: an unknown member of an ident is a part of its `provider_data`. */
  const isBody = (key: string) => key.startsWith('deliveries/');
  const understood = (text: string) => JSON.stringify({ ...ident('SUCCESS', 5), text });

  test.each([
    {
      title: 'accepted',
      body: understood(large),
      key: 'deliveries/idnow/idnow!democompany!txn-1/request-1.gz',
    },
    {
      title: 'quarantined, with a verification',
      body: JSON.stringify({ ...ident('NEVER_SEEN'), text: large }),
      key: 'deliveries/idnow/idnow!democompany!txn-1/request-1.gz',
    },
    {
      title: 'quarantined, without a verification',
      body: JSON.stringify({ text: large }),
      key: 'deliveries/idnow/unidentified/request-1.gz',
    },
  ])(
    'a body of more than 100 KB when compressed goes to the bucket, complete: the delivery is $title',
    async ({ body, key }) => {
      // Prepare
      const { post, accepted, history, objects } = receiverUnderTest();

      // Act
      await post(body);

      // Assess
      const bodies = [...objects].filter(([name]) => isBody(name));
      expect(bodies.map(([name, { bytes }]) => [name, gunzipSync(bytes).toString()])).toEqual([[key, body]]);
      const recorded = [...accepted, ...history.map(({ delivery }) => delivery)];
      expect(recorded.map((delivery) => delivery.body)).toEqual([
        { kind: 'object', bucket: 'a-bucket', key },
      ]);
    },
  );

  test('a body of almost 1 MB that is small when compressed stays in the row', async () => {
    // Prepare
    const { post, accepted, objects } = receiverUnderTest();
    const body = understood('x'.repeat(1000 * 1024));

    // Act
    await post(body);

    // Assess
    expect([...objects.keys()].filter(isBody)).toEqual([]);
    expect(inlineBodyOf(accepted[0]).toString()).toBe(body);
  });
});
