import { analysisIdOf } from './derived-ids.ts';
import { sessionPredictions } from './predictions.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionState } from './session-state.ts';

/**
 * Creates the state of a Datakeen session. Its result has the structure of Datakeen's sample, including the errors of the
 * sample. The same options always give the same state.
 *
 * @example
 * makeSession({ sessionId: '662f5f9c9c18e30012c2f021' });
 * makeSession({ sessionId, documents: ['passport'], failedControls: { passport: ['mrzValidity'] } });
 */
export function makeSession(options: SessionOptions): SessionState {
  const { sessionId, finished = true, analysisIdKey = 'analysid_id' } = options;
  if (!finished) return { sessionId, result: null };
  return {
    sessionId,
    result: {
      status: 200,
      message: 'Analysis Completed Successfully',
      data: {
        [analysisIdKey]: analysisIdOf(sessionId),
        job_status: { predictions: sessionPredictions(options) },
      },
    },
  };
}
