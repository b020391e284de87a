import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from './stage.ts';

type IsLive = Pick<Stage, 'live'>;

/**
 * Returns how a table is kept. In a live stage, nobody can delete it, and it survives its stack. Its name is generated,
 * so a table that is left over blocks no later deployment. `RETAIN_ON_UPDATE_OR_DELETE` would not fit: the rollback of a
 * first deployment would try to delete the table, and the deletion protection would refuse.
 */
export function keepTable({ live }: IsLive) {
  return {
    removalPolicy: live ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    deletionProtection: live,
  };
}

/**
 * Returns how the bucket is kept. In a live stage, it survives its stack, but not the rollback of a first deployment. In
 * other stages, the stack empties and deletes it.
 */
export function keepBucket({ live }: IsLive) {
  return live
    ? { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE }
    : { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true };
}

/**
 * Returns how a secret is kept. Its name is fixed, so a secret that is left over would block the next deployment. In a
 * live stage, it survives its stack, but not the rollback of a first deployment.
 */
export function keepSecret({ live }: IsLive): RemovalPolicy {
  return live ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
