import type { Artifact } from '../contract/evidence-source.ts';

/** Makes a required artifact from bytes that are in memory already. They are archived unchanged. */
export function inMemoryArtifact(name: string, contentType: string, bytes: Uint8Array): Artifact {
  async function* body() {
    yield bytes;
  }
  const open = async () => ({ body: body(), length: bytes.byteLength, ending: 'length' as const });
  return { name, contentType, content: { kind: 'checked' }, unpack: false, required: true, open };
}
