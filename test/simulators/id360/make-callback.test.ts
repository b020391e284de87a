import { expect, test } from 'vitest';
import { makeId360Callback } from '../../../local/simulators/id360/make-callback.ts';

test('makeCallback returns the body that ID360 sends after a step', () => {
  expect(JSON.stringify(makeId360Callback({ id: 50123, step: { number: 1 } }))).toBe(
    JSON.stringify({
      id: 50123,
      status: 'STARTED',
      reason: null,
      steps_status: { done: 1, total: 6 },
      enrollment_step: {
        status: 'OK',
        errors: [],
        type: 'SDRIdentityDocumentStep',
        reason: '',
        name: 'id_document',
        documents: ['id_document_image'],
      },
    }),
  );
});

test('makeCallback returns no step for a final ID360 status', () => {
  expect(makeId360Callback({ id: 50123, status: 'KO', reason: 'why', done: 2 })).toEqual({
    id: 50123,
    status: 'KO',
    reason: 'why',
    steps_status: { done: 2, total: 6 },
  });
});

test('makeCallback can report a failed ID360 step', () => {
  const { enrollment_step: step } = makeId360Callback({
    id: 1,
    step: { number: 6, status: 'KO', errors: ['VLD_ID_INVALID'] },
  });
  expect(step).toMatchObject({ name: 'facecomparison', status: 'KO', errors: ['VLD_ID_INVALID'] });
});

test('the ID360 callbacks of two steps with the same name have different bodies', () => {
  const [first, second] = [4, 5].map((number) => makeId360Callback({ id: 1, step: { number } }));
  expect(first?.enrollment_step?.name).toBe('liveness');
  expect(second?.enrollment_step?.name).toBe('liveness');
  expect(first).not.toEqual(second);
});

test.each([0, 7])('makeCallback throws for the unknown ID360 step %i', (number) => {
  expect(() => makeId360Callback({ id: 1, step: { number } })).toThrow(RangeError);
});
