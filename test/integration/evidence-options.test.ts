import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { IdentState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { renamed, withField, zipOf } from '../evidence/zip-fixture.ts';
import { evidenceOf, sha256 } from '../support/evidence-bucket.ts';
import { type MisbehavingProxy, misbehavingProxy } from '../support/misbehaving-proxy.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
let api: MisbehavingProxy;
let evidence: ReturnType<typeof evidenceOf>;
beforeAll(async () => {
  sut = await startSystemUnderTest({
    idnow: { archiveEnded: true, unpackZip: true },
    knowsSigningKey: true,
    interceptIdnow: async (url) => {
      api = await misbehavingProxy(url);
      return api.url;
    },
  });
  evidence = evidenceOf(sut);
});
afterAll(async () => {
  await sut?.stop();
  await api?.stop();
});

const folderOf = (transactionNumber: string) => evidence.folder(`idnow:${companyId}:${transactionNumber}`);

async function finish(transactionNumber: string, state: IdentState, minute = 5): Promise<void> {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
  const ident = makeIdent({ companyId, transactionNumber, state, time });
  sut.simulator.put(ident);
  await sut.post(ident);
}

test('with the setting unpackZip, each file of IDnow’s ZIP and the unchanged ZIP are archived', async () => {
  // Act
  await finish('unpacked', 'SUCCESS');
  const [, event] = await sut.events.receive(`idnow:${companyId}:unpacked`, 2);

  // Assess
  const folder = await folderOf('unpacked');
  const zip = await evidence.bytes(`${folder}/ident.zip`);
  const files = new Map<string, Buffer>();
  const archive = await fromBufferPromise(zip);
  for await (const entry of archive.eachEntry()) {
    files.set(`files/${entry.fileName}`, await buffer(await archive.openReadStreamPromise(entry)));
  }
  const names = [...files.keys()];
  expect(names).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^files\/.*\.pdf$/),
      expect.stringMatching(/^files\/.*\.xml$/),
    ]),
  );

  const { artifacts } = JSON.parse((await evidence.bytes(`${folder}/manifest.json`)).toString());
  expect(event?.data.evidence?.artifacts).toEqual(artifacts);
  expect(artifacts.map(({ name }: { name: string }) => name)).toEqual(['ident.json', 'ident.zip', ...names]);
  for (const [name, bytes] of files) {
    expect((await evidence.bytes(`${folder}/${name}`)).equals(bytes)).toBe(true);
    expect(artifacts).toContainEqual(
      expect.objectContaining({
        name,
        key: `${folder}/${name}`,
        size: bytes.byteLength,
        sha256: sha256(bytes),
      }),
    );
  }
});

test.each(['ABORTED', 'CANCELED'] as const)(
  'with the setting archiveEnded, the evidence of an IDnow ident that is %s is archived',
  async (state) => {
    // Prepare
    const transaction = state.toLowerCase();

    // Act
    await finish(transaction, state);
    const [ended, archived] = await sut.events.receive(`idnow:${companyId}:${transaction}`, 2);

    // Assess
    expect([ended?.type, archived?.type]).toEqual(['idv.verification.ended.v1', 'idv.evidence.archived.v1']);
    expect(ended?.data.evidence).toMatchObject({ status: 'pending', requestedBy: 1, manifest: null });
    expect(archived?.data.evidence).toMatchObject({
      status: 'archived',
      requestedBy: 1,
      manifest: `${await folderOf(transaction)}/manifest.json`,
    });
  },
);

test('with the setting archiveEnded, the evidence of an IDnow ident that has not ended is not archived', async () => {
  // Act
  await finish('pending', 'CHECK_PENDING', 3);
  await finish('pending', 'SUCCESS', 5);
  const events = await sut.events.receive(`idnow:${companyId}:pending`, 3);

  // Assess
  expect(events.map(({ data }) => data.evidence)).toMatchObject([
    null,
    { status: 'pending', requestedBy: 2, manifest: null },
    { status: 'archived', requestedBy: 2 },
  ]);
});

test('a ZIP with invalid content is requested again before it is unpacked', async () => {
  // Prepare
  sut.simulator.failNext('zip', { status: 'slow', delayMs: 0, body: 'PK: not really a ZIP' });

  // Act
  await finish('no-zip', 'SUCCESS');
  const [, event] = await sut.events.receive(`idnow:${companyId}:no-zip`, 2);

  // Assess
  expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { evidence: { missing: [] } } });
  const names = event?.data.evidence?.artifacts.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['ident.zip', expect.stringMatching(/^files\/.*\.xml$/)]));
});

test('the signature of IDnow’s XML result is verified with the configured keys', async () => {
  // Act
  await finish('signed', 'SUCCESS');
  const [, event] = await sut.events.receive(`idnow:${companyId}:signed`, 2);

  // Assess
  expect(event?.data.checks).toEqual([
    { name: 'xml_signature', passed: true, confidence: null, document: null, providerResult: null },
  ]);
});

test('two files with the same name in a ZIP are both archived', async () => {
  // Prepare
  const files = { 'a/photo-1.jpg': 'the front', 'a/photo-2.jpg': 'the back' };
  const change = async () => renamed(await zipOf(files), 'photo-2.jpg', 'photo-1.jpg');
  api.misbehave(/twins\.zip$/, { change });

  // Act
  await finish('twins', 'SUCCESS');
  const [, event] = await sut.events.receive(`idnow:${companyId}:twins`, 2);

  // Assess
  expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { evidence: { missing: [] } } });
  const stored: string[] = [];
  for (const name of ['files/a/photo-1.jpg', 'files/a/photo-1~2.jpg']) {
    const artifact = event?.data.evidence?.artifacts.find((each) => each.name === name);
    const bytes = await evidence.bytes(artifact?.key ?? expect.unreachable(`${name} is not archived`));
    expect(artifact).toMatchObject({ size: bytes.byteLength, sha256: sha256(bytes) });
    stored.push(bytes.toString());
  }
  expect(stored).toEqual(['the front', 'the back']);
});

test('the manifest lists a file with a wrong CRC as missing, and the other files of the ZIP are archived', async () => {
  // Prepare
  const change = async () => withField(await zipOf({ 'a.jpg': 'damaged', 'b.jpg': 'sound' }), 'crc', 1);
  api.misbehave(/damaged\.zip$/, { change });

  // Act
  await finish('damaged', 'SUCCESS');
  const [, event] = await sut.events.receive(`idnow:${companyId}:damaged`, 2);

  // Assess
  const missing = [{ name: 'files/a.jpg', reason: 'corrupt' }];
  expect(event).toMatchObject({ type: 'idv.evidence.archived.v1', data: { evidence: { missing } } });
  const names = event?.data.evidence?.artifacts.map(({ name }) => name);
  expect(names).toEqual(['ident.json', 'ident.zip', 'files/b.jpg']);
  const manifest = await evidence.bytes(event?.data.evidence?.manifest ?? '');
  expect(JSON.parse(manifest.toString())).toMatchObject({ missing });
  expect(await evidence.keys(`evidence/idnow/idnow!${companyId}!damaged/`)).not.toContain(
    expect.stringContaining('a.jpg'),
  );
});
