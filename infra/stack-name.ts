/** Returns the name of the stack of a stage. The names of its functions, secrets and alarms begin with it. */
export const buildStackName = (stageName: string): string => `idv-webhooks-${stageName}`;
