import { checkSystem, createSystemCheckDependencies } from '../../shared/providers/idnow/check-system.ts';

export const handler = checkSystem(createSystemCheckDependencies(process.env));
