import { describe, expect, it } from 'vitest';
import type { CloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate } from '../../local/stack/template/stack-template.ts';

const context = { stackName: 'Fixture', streamLabel: 'label', sqsEndpoint: 'http://127.0.0.1:1' };

function template(resources: Record<string, object>, rest: Partial<CloudAssembly['template']> = {}) {
  const withDefaults = Object.entries(resources).map(([id, resource]) => [
    id,
    { Properties: {}, Metadata: {}, ...resource },
  ]);
  const assembly: CloudAssembly = {
    directory: '.',
    stackName: 'Fixture',
    template: {
      Parameters: {},
      Mappings: {},
      Conditions: {},
      Outputs: {},
      ...rest,
      Resources: Object.fromEntries(withDefaults),
    },
  };
  return resolveTemplate(assembly, context);
}

const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } };
const table = { Type: 'AWS::DynamoDB::Table' };

/** Returns the value of an expression in the outputs of a template. The template has a queue Jobs and a table Cases. */
function evaluate(Value: unknown, rest: Partial<CloudAssembly['template']> = {}) {
  return template({ Jobs: queue, Cases: table }, { ...rest, Outputs: { value: { Value } } }).outputs().value;
}

describe('intrinsics', () => {
  it.each([
    ['Ref to the URL of a queue', { Ref: 'Jobs' }, 'http://127.0.0.1:1/000000000000/jobs'],
    ['Ref to the name of a table', { Ref: 'Cases' }, 'Fixture-Cases'],
    ['Ref to the region', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Fn::GetAtt with a list', { 'Fn::GetAtt': ['Jobs', 'Arn'] }, 'arn:aws:sqs:eu-west-1:000000000000:jobs'],
    ['Fn::GetAtt with a string', { 'Fn::GetAtt': 'Jobs.QueueName' }, 'jobs'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }, 1]] }, 'a-000000000000-1'],
    ['Fn::Sub', { 'Fn::Sub': `\${AWS::Partition}/\${Jobs.QueueName}/\${!kept}` }, `aws/jobs/\${kept}`],
    ['Fn::Sub with extra variables', { 'Fn::Sub': [`\${x}`, { x: { Ref: 'AWS::StackName' } }] }, 'Fixture'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['yes', 'then', { Ref: 'Nowhere' }] }, 'then'],
  ])('resolveTemplate resolves %s', (_name, expression, expected) => {
    const Conditions = { yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } };

    expect(evaluate(expression, { Conditions })).toBe(expected);
  });

  it('resolveTemplate omits a property whose value is AWS::NoValue', () => {
    const jobs = { ...queue, Properties: { QueueName: 'jobs', DelaySeconds: { Ref: 'AWS::NoValue' } } };

    expect(template({ Jobs: jobs }).resources('AWS::SQS::Queue')[0]?.properties).toEqual({
      QueueName: 'jobs',
    });
  });

  it('resolveTemplate omits a resource whose condition is false', () => {
    const Conditions = { no: { 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] } };

    const resolved = template({ Jobs: { ...queue, Condition: 'no' } }, { Conditions });

    expect(resolved.resources('AWS::SQS::Queue')).toEqual([]);
  });

  it.each([
    ['an unknown intrinsic function', { 'Fn::ImportValue': 'other' }, 'Fn::ImportValue'],
    ['a reference to a missing resource', { Ref: 'Jbos' }, 'Jbos'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Jobs', 'Colour'] }, 'Jobs.Colour'],
    ['a dynamic reference', '{{resolve:ssm:/name}}', 'resolve:ssm'],
  ])('resolveTemplate refuses %s, and names it in the error', (_name, expression, mentioned) => {
    expect(() => evaluate(expression)).toThrow(mentioned);
  });
});

describe('resources', () => {
  it('resolveTemplate refuses an unknown resource type, and names it in the error', () => {
    expect(() => template({ Machine: { Type: 'AWS::StepFunctions::StateMachine' } })).toThrow(
      'AWS::StepFunctions::StateMachine (Machine)',
    );
  });

  it('resolveTemplate accepts a resource that the local stack ignores, and other resources can refer to it', () => {
    const role = { Type: 'AWS::IAM::Role' };
    const Outputs = { arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } };

    expect(template({ Role: role }, { Outputs }).outputs().arn).toContain('Role');
  });

  it.each([
    ['AWS::SQS::Queue', { FifoQueue: true }, /^Fixture-.{1,80}\.fifo$/, 80],
    ['AWS::S3::Bucket', {}, /^[a-z0-9-]+$/, 63],
    ['AWS::Lambda::Function', {}, /^Fixture-/, 64],
  ])(
    'resolveTemplate shortens a generated name to the maximum length of its resource type: %s',
    (Type, Properties, form, longest) => {
      const id = 'A'.repeat(200);

      const name = template({ [id]: { Type, Properties } }).resources(Type)[0]?.reference.name;

      expect(name).toMatch(form);
      expect(name?.length).toBe(longest);
    },
  );
});
