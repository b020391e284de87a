import { expect, test } from 'vitest';
import { describeCause, hasCause } from '../../shared/operations/quarantine-cause.ts';

const ident = (process: object) => ({ identificationprocess: process });

test.each([
  ['idnow', 'unknown-status', ident({ result: 'SUCCESS_MANUAL' }), 0, 'unknown-status:SUCCESS_MANUAL'],
  ['idnow', 'unknown-status', ident({ result: 'Erika Mustermann' }), 0, 'unknown-status:(text)'],
  ['idnow', 'unknown-status', ident({ result: ['SUCCESS'] }), 0, 'unknown-status:(array)'],
  ['idnow', 'unidentified', ident({ companyid: 'x' }), 0, 'unidentified:transactionnumber'],
  ['idnow', 'unidentified', ident({ transactionnumber: 'x' }), 0, 'unidentified:companyid'],
  [
    'idnow',
    'unreadable-time',
    ident({ identificationtime: 'soon' }),
    0,
    'unreadable-time:identificationtime',
  ],
  [
    'idnow',
    'unknown-status',
    { identifications: [ident({ result: 'A' }), ident({ result: 'B' })] },
    1,
    'unknown-status:B',
  ],
  ['id360', 'unknown-status', { id: 1, status: 'PAUSED' }, 0, 'unknown-status:PAUSED'],
  ['id360', 'unidentified', { status: 'OK' }, 0, 'unidentified:id'],
  ['datakeen', 'unknown-status', { sessionId: 'x', newStatus: 'maybe' }, 0, 'unknown-status:maybe'],
  ['datakeen', 'unidentified', { sessionId: '' }, 0, 'unidentified:sessionId'],
  ['acme', 'unknown-status', { status: 'x' }, 0, 'unknown-status'],
  ['idnow', 'unknown-shape', [], 0, 'unknown-shape'],
])('%s %s of %j has a cause without personal data', (provider, reason, body, index, cause) => {
  const bytes = Buffer.from(JSON.stringify(body));

  expect(describeCause(reason, { provider, index, body: bytes })).toBe(cause);
});

test('a body that is gone or not JSON has the reason as its cause', () => {
  expect(describeCause('not-json', { provider: 'idnow', index: 0, body: Buffer.from('{') })).toBe('not-json');
  expect(describeCause('unknown-status', { provider: 'idnow', index: 0, body: null })).toBe('unknown-status');
});

test('a reason alone stands for all its causes, and a cause only for itself', () => {
  expect(hasCause('unknown-status:A', 'unknown-status')).toBe(true);
  expect(hasCause('unknown-status:A', 'unknown-status:A')).toBe(true);
  expect(hasCause('unknown-status:AB', 'unknown-status:A')).toBe(false);
});
