import { expect, it } from 'vitest';
import { readConfig } from '../../local/config.ts';

it('takes the example of the README as it is', async () => {
  const { idnow, id360 } = await readConfig('docs/local-config.example.json');

  expect(idnow?.accounts).toEqual([{ companyId: 'democompany', apiKey: 'an-api-key' }]);
  expect(idnow?.archiveEnded, 'what the file leaves out has a default').toBe(false);
  expect(id360).toMatchObject({
    callbackHeader: { name: 'x-callback-token', values: ['a-header-value'] },
    idclaimPath: null,
  });
});

it('is empty without a file: simulators and generated secrets', async () => {
  expect(await readConfig(undefined)).toEqual({});
});
