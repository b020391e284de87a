import { createOpenQuarantineDependencies } from '../shared/quarantine/aws-dependencies.ts';
import { countOpenQuarantine } from '../shared/quarantine/count-open-quarantine.ts';

export const handler = countOpenQuarantine(createOpenQuarantineDependencies(process.env));
