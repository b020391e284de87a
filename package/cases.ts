/**
 * `idv-webhooks/cases`: opens cases at the providers, and closes them. It needs the optional packages of the AWS SDK that
 * `peerDependencies` names.
 */
export type { CaseStack } from '../shared/cases/case-stack.ts';
export { type ClosedCase, closeCase } from '../shared/cases/close-case.ts';
export { type NewCaseAtProvider, type OpenedCase, openCase } from '../shared/cases/open-case.ts';
export { ConfigurationError } from '../shared/platform/errors.ts';
export { EvidenceError } from '../shared/provider-api/evidence-error.ts';
export { UncertainChangeError } from '../shared/provider-api/request-change.ts';
