import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { providerNames } from '../support/provider-names.ts';
import { synthesized } from './synthesized.ts';

const { stack, template } = synthesized();

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Every statement of every policy that is attached to a role. */
const statements: Statement[] = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
  ({ Properties: properties }) => properties.PolicyDocument.Statement,
);

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

describe('what functions may do', () => {
  test('names each action', () => {
    const actions = statements.flatMap(({ Action }) => list(Action));
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('names each resource, and of the bucket the folder of a provider', () => {
    const resources = statements.flatMap(({ Resource }) => list(Resource));
    const bucket = Object.keys(template.findResources('AWS::S3::Bucket'))[0];
    const below = (folder: string) => ({
      'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, `/${folder}/*`]],
    });
    expect(resources).not.toContain('*');
    // A folder of objects has no other name.
    const wildcards = resources.filter((resource) => JSON.stringify(resource).includes('*'));
    const folders = providerNames.flatMap((provider) =>
      ['deliveries', 'findings', 'evidence'].map((folder) => `${folder}/${provider}`),
    );
    const unavoidable = [...folders, 'parked', 'aws/lambda'].map(below);
    for (const resource of wildcards) expect(unavoidable).toContainEqual(resource);
    for (const resource of unavoidable) expect(wildcards).toContainEqual(resource);
  });

  test('is never to delete, and never to change who may do what', () => {
    const harmful = statements
      .flatMap(({ Action }) => list(Action))
      .filter((action) => /:(Delete|Put.*(Policy|Acl|Retention|LegalHold)|Create|Update)/.test(action))
      .filter(
        (action) => !['sqs:DeleteMessage', 'dynamodb:UpdateItem', 'logs:CreateLogStream'].includes(action),
      );
    expect(harmful).toEqual([]);
  });

  test('comes from no policy of AWS', () => {
    for (const { Properties: properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});

/** Findings of cdk-nag that stand, each with its reason. */
const accepted: Readonly<Record<string, string>> = {
  // Production is an issue of its own: alarms, KMS, WAF and access logs.
  'AwsSolutions-S1': 'access logs of the bucket come with production',
  'AwsSolutions-APIG1': 'access logs of the API come with production',
  'AwsSolutions-APIG3': 'the edge policy (WAF) comes with production',
  'AwsSolutions-APIG6': 'logs of the API come with production',
  // By design.
  'AwsSolutions-APIG2': 'the receiver validates: the provider needs our answer, and the raw body is kept',
  'AwsSolutions-APIG4': 'providers know no IAM: the receiver checks their credential and the source IP',
  'AwsSolutions-COG4': 'providers know no Cognito: the receiver checks their credential and the source IP',
  'AwsSolutions-SMG4': 'the provider sets and rotates these credentials, people enter them',
  // Findings of IAM5 name the resource: folders of the bucket, which have no other name.
  'AwsSolutions-IAM5': 'a folder of the bucket',
};

describe('cdk-nag', () => {
  const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);
  const ruleOf = (name: string) => name.replace(/\[.*/, '');

  test('finds nothing but what has a reason', () => {
    expect(violations.map(({ ruleName }) => ruleName).filter((name) => !(ruleOf(name) in accepted))).toEqual(
      [],
    );
  });

  test('finds everything that a reason is given for', () => {
    const found = new Set(violations.map(({ ruleName }) => ruleOf(ruleName)));
    expect(Object.keys(accepted).filter((rule) => !found.has(rule))).toEqual([]);
  });

  test('finds no wildcard but the folders of the bucket', () => {
    const wildcards = violations.filter(({ ruleName }) => ruleName.startsWith('AwsSolutions-IAM5'));
    for (const { ruleName } of wildcards) {
      expect(ruleName).toMatch(
        /^AwsSolutions-IAM5\[Resource::<.*>\/((deliveries|findings|evidence)\/(idnow|id360|datakeen)|parked|aws\/lambda)\/\*\]$/,
      );
    }
  });
});
