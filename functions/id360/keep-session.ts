import { keepSession, keepSessionDependencies } from '../../shared/providers/id360/keep-session.ts';

export const handler = keepSession(keepSessionDependencies(process.env));
