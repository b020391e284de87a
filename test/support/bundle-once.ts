import { bundleFunctions } from '../../infra/bundle.ts';

/** Builds the function bundles once, before all tests, as Vitest's global setup. Tests run the same bundles as AWS. */
export default bundleFunctions;
