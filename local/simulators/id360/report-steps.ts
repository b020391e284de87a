import type { Id360EnrollmentStatus } from './report-options.ts';
import { id360ProcessSteps } from './steps.ts';

/** Creates the `steps` of an ID360 report. As in real reports, each step contains an API key of an internal service. */
export function createId360ReportSteps(status: Id360EnrollmentStatus, canary: string) {
  if (status === 'NEW') return {};
  const steps = id360ProcessSteps.map(({ key, type, documents }, index) => [
    key,
    {
      type,
      // If the report's status is KO, the first step has failed. The first step checks the identity document.
      status: status === 'KO' && index === 0 ? 'KO' : 'OK',
      documents,
      results: { score: 0.97, service: { url: 'http://leia.internal/v2', api_key: `internal-${canary}` } },
    },
  ]);
  return Object.fromEntries(steps);
}
