import { expect, test } from 'vitest';
import { createRequestRecords } from '../../local/stack/records/request-records.ts';
import { groupRefusedRequests } from '../../shared/operations/requests/group-refused.ts';
import {
  AccessLogLine,
  joinRequestLogs,
  parseLogLine,
  ReceiverLogLine,
} from '../../shared/operations/stack/request-log.ts';
import { synthesizeForTest } from '../infra/synthesized.ts';

const line = (changes: Partial<AccessLogLine>): AccessLogLine => ({
  requestId: 'r1',
  time: '22/Nov/2026:10:15:00 +0000',
  sourceIp: '192.0.2.1',
  method: 'POST',
  resource: '/webhooks/id360/{reference}/{signature}',
  status: '401',
  reason: '-',
  ...changes,
});
const since = new Date('2026-11-22T10:15:00.900Z');

test('a line of the access log gets the reason of the receiver, and a reason of API Gateway stays', () => {
  const requests = joinRequestLogs(
    [
      line({ requestId: 'later', time: '22/Nov/2026:10:16:00 +0000', status: '503' }),
      line({}),
      line({ requestId: 'r2', resource: '-', status: '404', reason: 'MISSING_AUTHENTICATION_TOKEN' }),
      line({ requestId: 'earlier', time: '22/Nov/2026:10:14:59 +0000' }),
      line({ requestId: 'accepted', status: '200' }),
    ],
    [
      { requestId: 'r1', message: 'delivery refused', reason: 'credential' },
      { requestId: 'later', message: 'the delivery could not be stored', error: 'TimeoutError' },
    ],
    { since, refusedOnly: true },
  );

  expect(requests).toEqual([
    {
      time: '2026-11-22T10:15:00.000Z',
      requestId: 'r1',
      sourceAddress: '192.0.2.1',
      method: 'POST',
      resource: '/webhooks/id360/{reference}/{signature}',
      status: 401,
      provider: 'id360',
      reason: 'credential',
    },
    expect.objectContaining({ requestId: 'r2', resource: null, provider: null }),
    expect.objectContaining({ requestId: 'later', status: 503, reason: 'TimeoutError' }),
  ]);
  expect(groupRefusedRequests(requests, 'reason').map(({ group }) => group)).toEqual([
    'credential',
    'no such path',
    'TimeoutError',
  ]);
});

test('lines of other formats are ignored', () => {
  expect(parseLogLine(AccessLogLine, 'START RequestId: 1')).toBeNull();
  expect(parseLogLine(AccessLogLine, undefined)).toBeNull();
  expect(parseLogLine(ReceiverLogLine, '{"message":"delivery accepted","requestId":"r"}')).toBeNull();
});

test('the access log of the stack has all members that the local stack keeps and operators read', () => {
  const { template } = synthesizeForTest();
  const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
  const format = JSON.parse(stage?.Properties.AccessLogSetting.Format);

  const records = createRequestRecords();
  const record = { ...line({}), receiverStatus: '200', responseMs: '3', tlsVersion: '-' };
  records.addRequest(record);

  expect(Object.keys(format)).toEqual(expect.arrayContaining(Object.keys(record)));
  expect(Object.keys(record)).toEqual(expect.arrayContaining(Object.keys(AccessLogLine.shape)));
});

test('the local stack keeps the last 10,000 requests, and only the reasons of receivers', () => {
  const records = createRequestRecords();
  for (let index = 0; index < 25_000; index++)
    records.addRequest({ ...line({}), requestId: `${index}` } as never);
  const logLine = {
    level: 'WARN',
    message: 'delivery refused',
    reason: 'credential',
    requestId: 'r',
    secret: 's',
  };
  records.addLogLine(JSON.stringify(logLine));
  records.addLogLine(
    JSON.stringify({ level: 'INFO', message: 'delivery accepted', requestId: 'r', sequence: 1 }),
  );
  records.addLogLine('Invoke Error r "requestId": "reason":');
  records.addLogLine('{"level":"WARN","requestId":"r","reason": no JSON}');

  const { requests, receivers } = records.list();

  expect([requests.length, requests[0]?.requestId, requests.at(-1)?.requestId]).toEqual([
    10_000,
    '15000',
    '24999',
  ]);
  expect(JSON.stringify(receivers)).toBe(
    '[{"requestId":"r","message":"delivery refused","reason":"credential"}]',
  );
});
