import { bundleFunctions } from '../../infra/bundle.ts';

/** Vitest's global setup: every test runs the very bundles that are deployed. */
export default bundleFunctions;
