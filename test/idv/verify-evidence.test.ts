import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest({ knowsSigningKey: true });
});
afterAll(() => sut?.stop());

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

/** Plays an approved case. @returns its evidence, as the last event names it */
async function archiveCase(transactionNumber: string) {
  const ident = makeIdent({ companyId, transactionNumber, state: 'SUCCESS', time: new Date() });
  sut.simulator.put(ident);
  await sut.post(ident);
  const events: VerificationEvent[] = await sut.events.receive(idOf(transactionNumber), 2);
  const evidence = events.at(-1)?.data.evidence;
  if (!evidence?.bucket || !evidence.manifest) throw new Error('nothing is archived');
  const { bucket, manifest, artifacts } = evidence;
  const zip = artifacts.find(({ name }) => name === 'ident.zip')?.key ?? '';
  return { id: idOf(transactionNumber), bucket, manifest, artifacts, zip };
}

async function readObject(Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await sut.s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const write = (Bucket: string, Key: string, Body: Uint8Array | string) =>
  sut.s3.send(new PutObjectCommand({ Bucket, Key, Body }));

test('an archive that is as its events say passes, with its valid signature', async () => {
  const { id, manifest, artifacts } = await archiveCase('intact');

  const { code, out } = await idv(sut, 'verify-evidence', id);

  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('✓ as its events say') });
  expect(out).toContain(`${manifest}: ${artifacts.length} artifacts`);
  expect(out).toContain('signature valid, not locked');
});

describe('idv verify-evidence ends with exit code 1 and names', () => {
  test('an artifact in which one byte has changed', async () => {
    const { id, bucket, zip } = await archiveCase('changed-byte');
    const bytes = await readObject(bucket, zip);
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    await write(bucket, zip, bytes);

    const { code, out } = await idv(sut, 'verify-evidence', id);

    expect(code).toBe(1);
    expect(out).toContain(`✗ ${zip}: its SHA-256 is not the one of the manifest`);
  });

  test('a forged manifest, although it fits a forged artifact', async () => {
    const { id, bucket, manifest } = await archiveCase('forged-manifest');
    const text = (await readObject(bucket, manifest)).toString();
    await write(bucket, manifest, text.replace(/"archivedAt": "2/, '"archivedAt": "1'));

    const { code, out } = await idv(sut, 'verify-evidence', id);

    expect(code).toBe(1);
    expect(out).toMatch(/manifest\.json: its SHA-256 is \w{64}, but an event names \w{64}/);
  });

  test('a missing artifact, and an object that the manifest does not name', async () => {
    const { id, bucket, zip, manifest } = await archiveCase('missing');
    const stray = manifest.replace('manifest.json', 'stray.txt');
    await sut.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: zip }));
    await write(bucket, stray, 'x');

    const { code, out } = await idv(sut, 'verify-evidence', id);

    expect(code).toBe(1);
    expect(out).toContain(`✗ ${zip}: is missing`);
    expect(out).toContain(`✗ ${stray}: is in the folder, but the manifest does not name it`);
  });

  test('a missing manifest', async () => {
    const { id, bucket, manifest } = await archiveCase('no-manifest');
    await sut.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: manifest }));

    const { code, out } = await idv(sut, 'verify-evidence', id);

    expect(code).toBe(1);
    expect(out).toContain(`✗ ${manifest}: the manifest is missing`);
  });
});

test('--all lists only the cases with problems, and a case without an archive is no problem', async () => {
  const { id, bucket, zip } = await archiveCase('all-wrong');
  const intact = await archiveCase('all-intact');
  const open = makeIdent({ companyId, transactionNumber: 'all-open', state: 'START', time: new Date() });
  await sut.post(open);
  await write(bucket, zip, 'something else');

  const { code, out } = await idv(sut, 'verify-evidence', '--all');

  expect(code).toBe(1);
  expect(out).toContain(id);
  expect(out).not.toContain(intact.id);
  expect(out).not.toContain('all-open');
});

test('an id and --all exclude each other', async () => {
  expect(await idv(sut, 'verify-evidence')).toMatchObject({
    code: 2,
    err: expect.stringContaining('or --all'),
  });
});
