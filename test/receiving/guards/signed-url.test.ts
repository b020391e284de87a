import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signedUrlGuard } from '../../../shared/receiving/guards/signed-url.ts';
import { providerNames } from '../../support/provider-names.ts';
import { request } from '../../support/requests.ts';

const secrets = ['old secret', 'neues Geheimnis ü'];
const guard = signedUrlGuard('id360', { secrets, required: false });
const wrong = { status: 401, reason: 'credential' };
const unconfigured = { status: 401, reason: 'no-secret-configured' };

/** Computed here once more, so that a change of the scheme is noticed. */
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

describe('a signed URL', () => {
  test('is signed with HMAC-SHA256 over provider and reference, in base64url without padding', () => {
    const known = 'cCRD7zb6rRF9Vc62iPUQn2PwKZ9zR_s4_ERWg6fgLWk';
    expect(signed('id360/order-4711', 'a secret')).toBe(known);
    expect(
      signedUrlGuard('id360', { secrets: ['a secret'], required: false })(at('order-4711', known)),
    ).toBeNull();
  });

  test.each(secrets)('is let in where it is signed with the active secret %j', (secret) => {
    expect(guard(at('order-4711', signed('id360/order-4711', secret)))).toBeNull();
  });

  test.each(['a', '0', '-', '~', 'A.b_c~d-e', '...', `${'x'.repeat(128)}`])(
    'may carry the reference %s',
    (reference) => {
      expect(guard(at(reference, signed(`id360/${reference}`, 'old secret')))).toBeNull();
    },
  );

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(129)],
    ['a step of the path', '.'],
    ['a step back', '..'],
    ['with a slash', 'a/b'],
    ['with an encoded slash', 'a%2Fb'],
    ['percent-encoded', 'order%2D4711'],
    ['with a space', 'a b'],
    ['with a plus', 'a+b'],
    ['with a colon', 'a:b'],
    ['with a line end', 'order-4711\n'],
    ['with a zero byte', 'order-4711\0'],
    ['with a letter outside ASCII', 'commande-é'],
    ['with a letter that looks like another', 'оrder-4711'],
    ['with half a character', 'a\ud800'],
  ])('is refused where its reference is %s, however well signed', (_what, reference) => {
    expect(guard(at(reference, signed(`id360/${reference}`, 'old secret')))).toEqual(wrong);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['padded', `${right}=`],
    ['percent-encoded padding', `${right}%3D`],
    ['in base64', Buffer.from(right, 'base64url').toString('base64')],
    ['in hexadecimal', Buffer.from(right, 'base64url').toString('hex')],
    ['in upper case', right.toUpperCase()],
    ['cut short', right.slice(0, -1)],
    ['followed by more', `${right}A`],
    ['preceded by a space', ` ${right}`],
    ['over the reference alone', signed('order-4711', 'old secret')],
    ['over another provider', signed('datakeen/order-4711', 'old secret')],
    ['over another reference', signed('id360/order-4712', 'old secret')],
    ['over another case of the reference', signed('id360/ORDER-4711', 'old secret')],
    ['over the parts without their separator', signed('id360order-4711', 'old secret')],
    ['of another secret', signed('id360/order-4711', 'old secret ')],
    ['of an empty secret', signed('id360/order-4711', '')],
    ['very long', 'A'.repeat(100_000)],
  ])('is refused where the signature is %s', (_what, signature) => {
    expect(guard(at('order-4711', signature))).toEqual(wrong);
  });

  test('is refused where its last character differs in the bits that base64url leaves unused', () => {
    const twin = `${right.slice(0, -1)}${String.fromCharCode(right.charCodeAt(42) + 1)}`;
    expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(right, 'base64url'));
    expect(guard(at('order-4711', twin))).toEqual(wrong);
  });

  test('is refused where the path carries a signature only', () => {
    expect(guard(at(undefined, right))).toEqual(wrong);
    expect(guard(at(undefined, signed('id360/', 'old secret')))).toEqual(wrong);
  });
});

describe('a path without a signature', () => {
  test('is let in where none is required', () => {
    expect(guard(at())).toBeNull();
    expect(signedUrlGuard('id360', { secrets: [], required: false })(at())).toBeNull();
  });

  test('is refused where one is required', () => {
    const strict = signedUrlGuard('datakeen', { secrets: ['s'], required: true });
    expect(strict(at())).toEqual(wrong);
    expect(strict(at('order-4711'))).toEqual(wrong);
    expect(strict(at('order-4711', signed('datakeen/order-4711', 's')))).toBeNull();
  });
});

describe('without a secret', () => {
  test.each([
    ['no secret', []],
    ['an empty secret', ['']],
  ])('every signed URL is refused: %s', (_what, none) => {
    const closed = signedUrlGuard('id360', { secrets: none, required: false });
    expect(closed(at('order-4711', right))).toEqual(unconfigured);
    expect(closed(at('order-4711', signed('id360/order-4711', '')))).toEqual(unconfigured);
    expect(signedUrlGuard('id360', { secrets: none, required: true })(at())).toEqual(unconfigured);
  });
});

describe('what always holds', () => {
  const reference = fc
    .stringMatching(/^[A-Za-z0-9._~-]{1,128}$/)
    .filter((text) => text !== '.' && text !== '..');
  const secret = fc.string({ minLength: 1, maxLength: 40 });
  const provider = fc.constantFrom(...providerNames);

  test('what was signed is let in, among any number of secrets', () => {
    fc.assert(
      fc.property(provider, reference, fc.array(secret), secret, (name, given, others, used) => {
        const guards = [
          [used, ...others],
          [...others, used],
        ].map((active) => signedUrlGuard(name, { secrets: active, required: false }));
        const url = at(given, signed(`${name}/${given}`, used));
        expect(guards.map((each) => each(url))).toEqual([null, null]);
      }),
    );
  });

  test('any change of provider, reference or secret is refused', () => {
    const call = fc.record({ provider, reference, secret });
    fc.assert(
      fc.property(call, call, (used, configured) => {
        const url = at(configured.reference, signed(`${used.provider}/${used.reference}`, used.secret));
        const same =
          used.provider === configured.provider &&
          used.reference === configured.reference &&
          used.secret === configured.secret;
        expect(
          signedUrlGuard(configured.provider, { secrets: [configured.secret], required: false })(url) ===
            null,
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
        expect(signedUrlGuard(used.provider, { secrets: [used.secret], required: false })(url) !== null).toBe(
          changed,
        );
      }),
    );
  });

  test('any change of one character of the signature is refused', () => {
    const position = fc.integer({ min: 0, max: 42 });
    const character = fc.constantFrom(...'ABCabc019-_=+/%. ');
    fc.assert(
      fc.property(position, character, (index, other) => {
        const changed = `${right.slice(0, index)}${other}${right.slice(index + 1)}`;
        expect(guard(at('order-4711', changed)) === null).toBe(changed === right);
      }),
    );
  });

  test('any signature that is not the right one is refused', () => {
    fc.assert(
      fc.property(reference, fc.oneof(fc.string(), fc.base64String()), (given, signature) => {
        expect(guard(at(given, signature))).toEqual(wrong);
      }),
    );
  });
});
