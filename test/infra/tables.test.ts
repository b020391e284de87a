import { describe, expect, test } from 'vitest';
import { liveStage, synthesizeForTest, testStage } from './synthesized.ts';

/** cdk-nag and AWS Control Tower have no rules for `AWS::DynamoDB::GlobalTable`, so these tests check what such rules would. */
describe.each([
  { name: 'live', stage: liveStage },
  { name: 'test', stage: testStage },
])('the tables of a $name stage', ({ name, stage }) => {
  const { template } = synthesizeForTest(stage);
  const tables = Object.entries(template.findResources('AWS::DynamoDB::GlobalTable'));
  const [key = ''] = Object.keys(template.findResources('AWS::KMS::Key'));

  test(`each table of a ${name} stage is encrypted with the key of the stack`, () => {
    expect(tables).toHaveLength(3);
    for (const [, { Properties: properties }] of tables) {
      expect(properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      for (const replica of properties.Replicas)
        expect(replica.SSESpecification).toEqual({ KMSMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    }
  });

  test(`each table of a ${name} stage with data of cases is protected against deletion if the stage is live`, () => {
    // A lost login session costs only a new login, and the rollback of a first deployment deletes the table.
    for (const [id, { Properties: properties }] of tables)
      for (const replica of properties.Replicas)
        expect(replica.DeletionProtectionEnabled === true).toBe(
          stage.live && !id.startsWith('StorageSessions'),
        );
  });

  test(`no table of a ${name} stage has a resource policy, so only policies of this account allow access`, () => {
    for (const [, { Properties: properties }] of tables) {
      expect(properties).not.toHaveProperty('ResourcePolicy');
      for (const replica of properties.Replicas) expect(replica).not.toHaveProperty('ResourcePolicy');
    }
  });

  test(`each table of a ${name} stage exists in one region only, because identity data must not leave it`, () => {
    for (const [, { Properties: properties }] of tables)
      expect(properties.Replicas.map(({ Region: region }: { Region: unknown }) => region)).toEqual([
        stage.region ?? { Ref: 'AWS::Region' },
      ]);
  });
});
