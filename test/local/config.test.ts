import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readLocalConfigFile } from '../../local/providers/local-config.ts';

it('readLocalConfigFile accepts the example of a --config file from the README', async () => {
  const { idnow, id360, datakeen } = await readLocalConfigFile('docs/local-config.example.json');

  expect(idnow).toMatchObject({ accounts: [{ companyId: 'democompany', apiKey: 'an-api-key' }] });
  expect(idnow, 'what the file leaves out has a default').toMatchObject({ archiveEnded: false });
  expect(id360).toMatchObject({
    callbackHeader: { name: 'x-callback-token', values: ['a-header-value'] },
    idclaimPath: null,
  });
  expect(datakeen).toMatchObject({ authorizationScheme: 'Basic', urlSecrets: ['a-url-secret'] });
});

it('readLocalConfigFile returns an empty config if there is no file', async () => {
  expect(await readLocalConfigFile(undefined)).toEqual({});
});

it.each([
  ['an address without a scheme', { datakeen: { apiUrl: 'localhost:9003' } }, 'datakeen.apiUrl'],
  ['an unknown scheme', { datakeen: { authorizationScheme: 'Token' } }, 'datakeen.authorizationScheme'],
  [
    'an invalid header name',
    { id360: { callbackHeader: { name: 'x y', values: ['é'] } } },
    'id360.callbackHeader.name',
  ],
  ['a file at another host', { id360: { pdfPath: 'https://elsewhere.example' } }, 'id360.pdfPath'],
  ['a misspelled setting', { datakeen: { urlSecret: 'x' } }, 'urlSecret'],
])('readLocalConfigFile refuses %s, and names the setting in its error', async (_what, config, says) => {
  const directory = await mkdtemp(join(tmpdir(), 'config-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'config.json');
  await writeFile(file, JSON.stringify(config));

  await expect(readLocalConfigFile(file)).rejects.toThrow(says);
});
