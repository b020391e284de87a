import { expect, test } from 'vitest';
import { checkedStages } from './checked-stages.ts';
import { findSchemaErrors } from './resource-schema.ts';
import { synthesizeForTest } from './synthesized.ts';

test.each(checkedStages)(
  'each property of each resource of $title matches the schema of CloudFormation',
  ({ stage }) => {
    const { template } = synthesizeForTest(stage);
    expect(Object.keys(template.toJSON().Resources).length).toBeGreaterThan(50);
    expect(findSchemaErrors(template.toJSON() as Parameters<typeof findSchemaErrors>[0])).toEqual([]);
  },
);

const queue = (properties: object) => ({
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: properties } },
});

test.each([
  [
    'an unknown property',
    queue({ QueueNam: 'x' }),
    'Queue.QueueNam: CloudFormation does not know this property',
  ],
  [
    'a text instead of a number',
    queue({ DelaySeconds: 'ten' }),
    'Queue.DelaySeconds: "ten" is not of the type integer',
  ],
  ['an object instead of a flag', queue({ FifoQueue: {} }), 'Queue.FifoQueue: {} is not of the type boolean'],
  [
    'an unknown resource type',
    { Resources: { Queue: { Type: 'AWS::SQS::Queu' } } },
    'Queue: CloudFormation has no resource type AWS::SQS::Queu',
  ],
  [
    'a missing property',
    { Resources: { Rule: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'x', Principal: 'y' } } } },
    'Rule.FunctionName: is required',
  ],
  [
    'an unknown property inside a property',
    {
      Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { State: 'On' } } } },
    },
    'B.VersioningConfiguration.State: CloudFormation does not know this property',
  ],
])('the check of the schema reports %s', (_title, template, error) => {
  expect(findSchemaErrors(template)).toContain(error);
});
