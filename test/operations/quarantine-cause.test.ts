import { expect, test } from 'vitest';
import { describeCause, hasCause } from '../../shared/operations/quarantine/quarantine-cause.ts';

const ident = (process: object) => ({ identificationprocess: process });

test.each([
  ['idnow', 'unknown-status', ident({ result: 'SUCCESS_MANUAL' }), 'unknown-status:SUCCESS_MANUAL'],
  ['idnow', 'unknown-status', ident({ result: 'Erika Mustermann' }), 'unknown-status:(text)'],
  ['idnow', 'unknown-status', ident({ result: ['SUCCESS'] }), 'unknown-status:(array)'],
  ['idnow', 'unidentified', ident({ companyid: 'x' }), 'unidentified:transactionnumber'],
  ['idnow', 'unidentified', ident({ transactionnumber: 'x' }), 'unidentified:companyid'],
  ['idnow', 'unreadable-time', ident({ identificationtime: 'soon' }), 'unreadable-time:identificationtime'],
  ['idnow', 'unknown-status', { identifications: [ident({ result: 'B' })] }, 'unknown-status:B'],
  ['id360', 'unknown-status', { id: 1, status: 'PAUSED' }, 'unknown-status:PAUSED'],
  ['id360', 'unidentified', { status: 'OK' }, 'unidentified:id'],
  ['datakeen', 'unknown-status', { sessionId: 'x', newStatus: 'maybe' }, 'unknown-status:maybe'],
  ['datakeen', 'unidentified', { sessionId: '' }, 'unidentified:sessionId'],
  ['acme', 'unknown-status', { status: 'x' }, 'unknown-status'],
  ['idnow', 'unknown-shape', [], 'unknown-shape'],
])('%s %s of %j has a cause without personal data', (provider, reason, body, cause) => {
  const bytes = Buffer.from(JSON.stringify(body));

  expect(describeCause(reason, { provider, body: bytes })).toBe(cause);
});

test('a body that is gone or not JSON has the reason as its cause', () => {
  expect(describeCause('not-json', { provider: 'idnow', body: Buffer.from('{') })).toBe('not-json');
  expect(describeCause('unknown-status', { provider: 'idnow', body: null })).toBe('unknown-status');
});

test('a reason alone stands for all its causes, and a cause only for itself', () => {
  expect(hasCause('unknown-status:A', 'unknown-status')).toBe(true);
  expect(hasCause('unknown-status:A', 'unknown-status:A')).toBe(true);
  expect(hasCause('unknown-status:AB', 'unknown-status:A')).toBe(false);
});
