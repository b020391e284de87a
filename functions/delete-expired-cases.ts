import { createDeletionDependencies } from '../shared/retention/aws-dependencies.ts';
import { deleteExpiredCases } from '../shared/retention/delete-expired-cases.ts';

export const handler = deleteExpiredCases(createDeletionDependencies(process.env));
