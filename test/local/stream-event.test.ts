import { expect, it } from 'vitest';
import { convertToLambdaStreamRecord } from '../../local/stack/event-sources/stream-event.ts';

const removal = { eventID: '1', eventName: 'REMOVE' as const, dynamodb: { SequenceNumber: '1' } };
const identity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

it.each([
  ['AWS', { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' }],
  // dynoxide writes the names of the members in lower case, so the SDK does not read them.
  ['dynoxide', {}],
])(
  "the poller passes the removal of an expired row with DynamoDB's identity, as %s reports it",
  (_title, userIdentity) => {
    const { event } = convertToLambdaStreamRecord({ ...removal, userIdentity }, 'arn');

    expect(event.userIdentity).toEqual(identity);
  },
);

it('the poller passes a row that somebody deleted without an identity', () => {
  expect(convertToLambdaStreamRecord(removal, 'arn').event).not.toHaveProperty('userIdentity');
});
