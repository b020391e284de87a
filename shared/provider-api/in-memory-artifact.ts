import type { Artifact } from '../contract/evidence-source.ts';

/** What has been read already, archived byte for byte. Everything hangs on it, so it is required. */
export function inMemoryArtifact(name: string, contentType: string, bytes: Uint8Array): Artifact {
  async function* body() {
    yield bytes;
  }
  const open = async () => ({ body: body(), length: bytes.byteLength, ending: 'length' as const });
  return { name, contentType, content: { kind: 'checked' }, unpack: false, required: true, open };
}
