import { RemovalPolicy } from 'aws-cdk-lib';
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

/**
 * Returns how a secret is kept. Its name is fixed, so a secret that is left over would block the next deployment. If the
 * stage keeps its data, the secret survives its stack, but not the rollback of a first deployment.
 */
export function keepSecret({ deleteDataWithStack }: DataOfStage): RemovalPolicy {
  return deleteDataWithStack ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}
