import { expect, test } from 'vitest';
import { synthesizeForTest } from './synthesized.ts';

const { template } = synthesizeForTest();

/** The types of resources that hold data. `network.test.ts` pins the addresses of a stage with a network. */
const statefulTypes = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

/**
 * The logical ids of the stateful resources. CloudFormation replaces a resource whose logical id changes: the new table
 * would be empty, and the old table would have its data but no reader. Change an entry only with a plan for the data.
 */
const pinned = {
  FoundationKeyCE5FC256: 'AWS::KMS::Key',
  StorageVerifications1B8D8E66: 'AWS::DynamoDB::GlobalTable',
  StorageHistory251A3AE8: 'AWS::DynamoDB::GlobalTable',
  StorageSessionsFCE686BD: 'AWS::DynamoDB::GlobalTable',
  StorageAccessLogs96FB524C: 'AWS::S3::Bucket',
  StorageEvidence5DF572C9: 'AWS::S3::Bucket',
  QueuesEvents3B99B77C: 'AWS::SQS::Queue',
  QueuesEventsDeadLetters49EFC383: 'AWS::SQS::Queue',
  IdnowEvidenceFetchingQueuesJobs296977BA: 'AWS::SQS::Queue',
  IdnowEvidenceFetchingQueuesDeadLetters53A6F59D: 'AWS::SQS::Queue',
  Id360EvidenceFetchingQueuesJobs31D0386E: 'AWS::SQS::Queue',
  Id360EvidenceFetchingQueuesDeadLetters78048EB0: 'AWS::SQS::Queue',
  DatakeenEvidenceFetchingQueuesJobs558131E0: 'AWS::SQS::Queue',
  DatakeenEvidenceFetchingQueuesDeadLetters8A049631: 'AWS::SQS::Queue',
  Idnowidnowwebhook5A05383C: 'AWS::SecretsManager::Secret',
  IdnowidnowapiF0212C16: 'AWS::SecretsManager::Secret',
  Id360id360webhookC692F2ED: 'AWS::SecretsManager::Secret',
  Id360id360api6A9C09F4: 'AWS::SecretsManager::Secret',
  DatakeendatakeenwebhookF8D42A45: 'AWS::SecretsManager::Secret',
  Datakeendatakeenapi77D3DFC1: 'AWS::SecretsManager::Secret',
};

test('the logical ids of stateful resources stay the same, because a new id would replace the resource', () => {
  const found = Object.entries(template.toJSON().Resources as Record<string, { Type: string }>)
    .filter(([, { Type: type }]) => statefulTypes.includes(type))
    .map(([id, { Type: type }]) => [id, type]);

  expect(Object.fromEntries(found)).toEqual(pinned);
});
