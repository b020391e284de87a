import { buildStackName } from '../infra/stack-name.ts';

/** The name of the stage that the local stack runs. */
export const localStageName = 'local';

/** The name of the local stack in CloudFormation. The names of its secrets begin with it. */
export const localStackName = buildStackName(localStageName);
