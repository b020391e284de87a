import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';
import type { Stage } from './stage.ts';

type DataOfStage = Pick<Stage, 'deleteDataWithStack'>;

/**
 * Returns how a table is kept. If the stage keeps its data, nobody can delete the table, and it survives its stack. Its name is generated,
 * so a table that is left over blocks no later deployment. `RETAIN_ON_UPDATE_OR_DELETE` would not fit: the rollback of a
 * first deployment would try to delete the table, and the deletion protection would refuse.
 */
export function keepTable({ deleteDataWithStack }: DataOfStage) {
  return {
    removalPolicy: deleteDataWithStack ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    deletionProtection: !deleteDataWithStack,
  };
}

/**
 * Returns how the bucket is kept. If the stage keeps its data, the bucket survives its stack, but not the rollback of a first
 * deployment. Otherwise, the stack empties and deletes it.
 */
export function keepBucket({ deleteDataWithStack }: DataOfStage) {
  return deleteDataWithStack
    ? { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true }
    : { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE };
}

/** Accepts the finding about the function of the CDK that empties the buckets, if the stack has this function. */
export function acknowledgeBucketEmptying(scope: Construct): void {
  const provider = Stack.of(scope).node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  if (provider === undefined) return;
  acknowledgeFindings(
    provider,
    'CloudFormation invokes this function of the CDK when a stack without real cases is destroyed. It calls only S3, to empty the buckets of the stack, and nothing calls it through a network.',
    'CT.LAMBDA.PR.3',
  );
}

/**
 * Returns how the key is kept. It must not be deleted before the data that it encrypts: without the key, the data is lost.
 * So it also survives the rollback of a first deployment, with the tables. A key that is deleted can be restored for 30 days.
 */
export function keepKey({ deleteDataWithStack }: DataOfStage): RemovalPolicy {
  return deleteDataWithStack ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}

/**
 * Returns how a secret is kept. Its name is fixed, so a secret that is left over would block the next deployment. If the
 * stage keeps its data, the secret survives its stack, but not the rollback of a first deployment.
 */
export function keepSecret({ deleteDataWithStack }: DataOfStage): RemovalPolicy {
  return deleteDataWithStack ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}
