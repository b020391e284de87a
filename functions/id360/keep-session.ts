import { createKeepSessionDependencies, keepSession } from '../../shared/providers/id360/keep-session.ts';

export const handler = keepSession(createKeepSessionDependencies(process.env));
