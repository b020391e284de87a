import { computeDatakeenAnalysisId } from './derived-ids.ts';
import { createDatakeenPredictions } from './predictions.ts';
import type { DatakeenSessionOptions } from './session-options.ts';
import type { DatakeenSessionState } from './session-state.ts';

/**
 * Creates the state of a Datakeen session. Its result has the structure of Datakeen's sample, including the errors of the
 * sample. The same options always give the same state.
 *
 * @example
 * makeDatakeenSession({ sessionId: '662f5f9c9c18e30012c2f021' });
 * makeDatakeenSession({ sessionId, documents: ['passport'], failedControls: { passport: ['mrzValidity'] } });
 */
export function makeDatakeenSession(options: DatakeenSessionOptions): DatakeenSessionState {
  const { sessionId, finished = true, analysisIdKey = 'analysid_id' } = options;
  if (!finished) return { sessionId, result: null };
  return {
    sessionId,
    result: {
      status: 200,
      message: 'Analysis Completed Successfully',
      data: {
        [analysisIdKey]: computeDatakeenAnalysisId(sessionId),
        job_status: { predictions: createDatakeenPredictions(options) },
      },
    },
  };
}
