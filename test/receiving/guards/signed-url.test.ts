import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSignedUrlGuard } from '../../../shared/receiving/guards/signed-url.ts';
import { providerNames } from '../../support/provider-names.ts';
import { request } from '../../support/requests.ts';

const secrets = ['old secret', 'neues Geheimnis ü'];
const guard = createSignedUrlGuard('id360', { secrets, required: false });
const wrong = { status: 401, reason: 'credential' };
const unconfigured = { status: 401, reason: 'no-secret-configured' };

/** Computes the signature independently of the code under test. */
const signed = (message: string, secret: string) =>
  createHmac('sha256', Buffer.from(secret)).update(Buffer.from(message)).digest('base64url');
const at = (reference?: string, signature?: string) =>
  request({
    pathParameters: {
      ...(reference === undefined ? {} : { reference }),
      ...(signature === undefined ? {} : { signature }),
    },
  });
const right = signed('id360/order-4711', 'old secret');

describe('signedUrlGuard for a signed URL', () => {
  test('a URL is signed with HMAC-SHA256 over provider and reference, in base64url without padding', () => {
    const known = 'cCRD7zb6rRF9Vc62iPUQn2PwKZ9zR_s4_ERWg6fgLWk';
    expect(signed('id360/order-4711', 'a secret')).toBe(known);
    expect(
      createSignedUrlGuard('id360', { secrets: ['a secret'], required: false })(at('order-4711', known)),
    ).toBeNull();
  });

  test.each(secrets)('a URL that is signed with the active secret %j is accepted', (secret) => {
    expect(guard(at('order-4711', signed('id360/order-4711', secret)))).toBeNull();
  });

  test.each(['a', '0', '-', '~', 'A.b_c~d-e', '...', `${'x'.repeat(128)}`])(
    'a signed URL with the reference %s is accepted',
    (reference) => {
      expect(guard(at(reference, signed(`id360/${reference}`, 'old secret')))).toBeNull();
    },
  );

  test.each([
    ['that is empty', ''],
    ['that is too long', 'x'.repeat(129)],
    ['.', '.'],
    ['..', '..'],
    ['with a slash', 'a/b'],
    ['with an encoded slash', 'a%2Fb'],
    ['that is percent-encoded', 'order%2D4711'],
    ['with a space', 'a b'],
    ['with a plus', 'a+b'],
    ['with a colon', 'a:b'],
    ['with a line end', 'order-4711\n'],
    ['with a zero byte', 'order-4711\0'],
    ['with a letter outside ASCII', 'commande-é'],
    ['with a letter that looks like another', 'оrder-4711'],
    ['with a lone surrogate', 'a\ud800'],
  ])(
    'a correctly signed URL is refused if its reference is not allowed: a reference %s',
    (_title, reference) => {
      expect(guard(at(reference, signed(`id360/${reference}`, 'old secret')))).toEqual(wrong);
    },
  );

  test.each([
    ['that is missing', undefined],
    ['that is empty', ''],
    ['with padding', `${right}=`],
    ['with percent-encoded padding', `${right}%3D`],
    ['in base64', Buffer.from(right, 'base64url').toString('base64')],
    ['in hexadecimal', Buffer.from(right, 'base64url').toString('hex')],
    ['in upper case', right.toUpperCase()],
    ['that is truncated', right.slice(0, -1)],
    ['with an additional character', `${right}A`],
    ['after a space', ` ${right}`],
    ['over the reference alone', signed('order-4711', 'old secret')],
    ['over another provider', signed('datakeen/order-4711', 'old secret')],
    ['over another reference', signed('id360/order-4712', 'old secret')],
    ['over the reference in upper case', signed('id360/ORDER-4711', 'old secret')],
    ['over provider and reference without a separator', signed('id360order-4711', 'old secret')],
    ['with another secret', signed('id360/order-4711', 'old secret ')],
    ['with an empty secret', signed('id360/order-4711', '')],
    ['that is very long', 'A'.repeat(100_000)],
  ])(
    'a URL is refused if its signature is missing, wrong or in another form: a signature %s',
    (_title, signature) => {
      expect(guard(at('order-4711', signature))).toEqual(wrong);
    },
  );

  test('a signature is refused if only the unused bits of its last base64url character differ', () => {
    const twin = `${right.slice(0, -1)}${String.fromCharCode(right.charCodeAt(42) + 1)}`;
    expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(right, 'base64url'));
    expect(guard(at('order-4711', twin))).toEqual(wrong);
  });

  test('the signed URL guard refuses a path with a signature but no reference', () => {
    expect(guard(at(undefined, right))).toEqual(wrong);
    expect(guard(at(undefined, signed('id360/', 'old secret')))).toEqual(wrong);
  });
});

describe('signedUrlGuard for a path without a signature', () => {
  test('a path without a signature is accepted if the signed URL guard requires no signature', () => {
    expect(guard(at())).toBeNull();
    expect(createSignedUrlGuard('id360', { secrets: [], required: false })(at())).toBeNull();
  });

  test('a path without a signature is refused if the signed URL guard requires a signature', () => {
    const strict = createSignedUrlGuard('datakeen', { secrets: ['s'], required: true });
    expect(strict(at())).toEqual(wrong);
    expect(strict(at('order-4711'))).toEqual(wrong);
    expect(strict(at('order-4711', signed('datakeen/order-4711', 's')))).toBeNull();
  });
});

describe('signedUrlGuard without a secret', () => {
  test.each([
    ['no secret', []],
    ['an empty secret', ['']],
  ])('each signed URL is refused if no secret for signatures is configured: %s', (_title, none) => {
    const closed = createSignedUrlGuard('id360', { secrets: none, required: false });
    expect(closed(at('order-4711', right))).toEqual(unconfigured);
    expect(closed(at('order-4711', signed('id360/order-4711', '')))).toEqual(unconfigured);
    expect(createSignedUrlGuard('id360', { secrets: none, required: true })(at())).toEqual(unconfigured);
  });
});

describe('signedUrlGuard for random URLs', () => {
  const reference = fc
    .stringMatching(/^[A-Za-z0-9._~-]{1,128}$/)
    .filter((text) => text !== '.' && text !== '..');
  const secret = fc.string({ minLength: 1, maxLength: 40 });
  const provider = fc.constantFrom(...providerNames);

  test('a correctly signed URL is accepted with any number of active secrets', () => {
    fc.assert(
      fc.property(provider, reference, fc.array(secret), secret, (name, given, others, used) => {
        const guards = [
          [used, ...others],
          [...others, used],
        ].map((active) => createSignedUrlGuard(name, { secrets: active, required: false }));
        const url = at(given, signed(`${name}/${given}`, used));
        expect(guards.map((each) => each(url))).toEqual([null, null]);
      }),
    );
  });

  test('a URL is refused if it was signed for another provider, for another reference or with another secret', () => {
    const call = fc.record({ provider, reference, secret });
    fc.assert(
      fc.property(call, call, (used, configured) => {
        const url = at(configured.reference, signed(`${used.provider}/${used.reference}`, used.secret));
        const same =
          used.provider === configured.provider &&
          used.reference === configured.reference &&
          used.secret === configured.secret;
        expect(
          createSignedUrlGuard(configured.provider, { secrets: [configured.secret], required: false })(
            url,
          ) === null,
        ).toBe(same);
      }),
    );
    fc.assert(
      fc.property(call, fc.integer({ min: 0, max: 2 }), reference, secret, (used, part, other, key) => {
        const url = at(
          part === 0 ? other : used.reference,
          signed(`${used.provider}/${used.reference}`, part === 1 ? key : used.secret),
        );
        const changed = (part === 0 && other !== used.reference) || (part === 1 && key !== used.secret);
        expect(
          createSignedUrlGuard(used.provider, { secrets: [used.secret], required: false })(url) !== null,
        ).toBe(changed);
      }),
    );
  });

  test('a URL is refused if one character of the signature changes', () => {
    const position = fc.integer({ min: 0, max: 42 });
    const character = fc.constantFrom(...'ABCabc019-_=+/%. ');
    fc.assert(
      fc.property(position, character, (index, other) => {
        const changed = `${right.slice(0, index)}${other}${right.slice(index + 1)}`;
        expect(guard(at('order-4711', changed)) === null).toBe(changed === right);
      }),
    );
  });

  test('a random signature is refused', () => {
    fc.assert(
      fc.property(reference, fc.oneof(fc.string(), fc.base64String()), (given, signature) => {
        expect(guard(at(given, signature))).toEqual(wrong);
      }),
    );
  });
});
