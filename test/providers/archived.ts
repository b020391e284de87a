import type { KeepResult, ReadArchived } from '../../shared/contract/evidence-source.ts';

/** Makes a reader of the archive. @param stored contents of the archive, by name */
export const archived =
  (stored: Record<string, string> = {}): ReadArchived =>
  async (name) =>
    name in stored ? Buffer.from(stored[name] ?? '') : null;

/** Makes a `KeepResult`. @param stored contents that another try of the job has archived, by name */
export const kept =
  (stored: Record<string, string> = {}): KeepResult =>
  async (name, _contentType, ask) => {
    const bytes = await archived(stored)(name);
    return bytes ?? ask();
  };
