import { expect, test } from 'vitest';
import { maskPersonalData } from '../../shared/operations/case/mask.ts';

test('codes and structure stay readable, and everything that says something about a person is masked', () => {
  const body = {
    identificationprocess: { result: 'SUCCESS', agentid: 'ALICE', type: 'APP' },
    address: { country_code: 'DE', postal_code: 80331 },
    status: 'Erika Mustermann',
    nationalities: ['DE'],
    age: 62,
    nothing: null,
  };

  expect(maskPersonalData(body)).toEqual({
    identificationprocess: { result: 'SUCCESS', agentid: '•••', type: 'APP' },
    address: { country_code: '•••', postal_code: '•••' },
    status: '•••',
    nationalities: ['•••'],
    age: '•••',
    nothing: null,
  });
});
