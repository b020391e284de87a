import { createStackVerifications } from '../../shared/cases/case-stack.ts';
import { createS3EvidenceStore } from '../../shared/evidence/archive/evidence-store.ts';
import { type CaseImport, type ImportedCase, importCase } from '../../shared/importing/import-case.ts';
import { disconnect } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { createShootIdEvidenceAdapter } from '../../shared/providers/shootid/evidence.ts';
import { makeShootIdImportHint } from '../../shared/providers/shootid/transitions.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandArguments } from '../parse-options.ts';
import { connectToStack, stackOptions, stackOptionsHelp } from './connect-to-stack.ts';
import { readAccess, readIds, simulate } from './import-sources.ts';
import { runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run import -- shootid FILE [options]

Imports transactions of ShootID: archives, normalizes and publishes each as shootid:{transactionId}. FILE has one
transaction id per line; - reads standard input. Running the command again continues an unfinished import, and changes nothing else.

${formatOptions([
  ['--credentials FILE', 'JSON with applicationToken and applicationSecret; - reads standard input'],
  ['--api-url URL', 'the base URL of ShootID (default: https://www.contralia.fr/shootid)'],
  ['--result-path PATH', 'the path of GET /result, with {id} (default: api/v2/result?transactionId={id})'],
  ['--simulate', 'use a built-in simulator, which has a result for each id'],
  ['--tries N', 'how often a transaction is tried (default: 5)'],
  ...stackOptionsHelp,
  ['--help', 'print this text'],
])}`;

const options = {
  ...stackOptions,
  credentials: { type: 'string' },
  'api-url': { type: 'string', default: 'https://www.contralia.fr/shootid' },
  'result-path': { type: 'string', default: 'api/v2/result?transactionId={id}' },
  simulate: { type: 'boolean', default: false },
  tries: { type: 'string', default: '5' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Runs `npm run import`.
 *
 * @param pauseFactor multiplies the pauses between tries; tests use less than 1
 * @returns the exit code; 1 if a transaction was not imported
 */
export async function runImportCommand(
  args: readonly string[],
  terminal: Terminal,
  pauseFactor = 1,
): Promise<number> {
  let complete = true;
  const code = await runOperatorCommand(async () => {
    const { values, positionals } = parseCommandArguments(args, options, usage);
    const [provider, file, ...rest] = positionals;
    if (values.help) return [usage];
    if (provider !== 'shootid' || file === undefined || rest.length > 0) throw new ConfigurationError(usage);
    const tries = /^[1-9]\d?$/.test(values.tries) ? Number(values.tries) : Number.NaN;
    if (Number.isNaN(tries))
      throw new ConfigurationError(`--tries ${values.tries}: not a number from 1 to 99`);
    const ids = await readIds(file);
    const api = values.simulate ? await simulate(ids) : await readAccess(values);
    const stack = await connectToStack(values).catch((error) => api.stop().then(() => Promise.reject(error)));
    try {
      const given = {
        source: createShootIdEvidenceAdapter({ resultPath: values['result-path'], ...api }),
        verifications: createStackVerifications(stack),
        store: createS3EvidenceStore(stack.aws.s3, stack.evidenceBucket),
        tries,
        pauseFactor,
      };
      const imported = await importAll(ids, given, terminal);
      complete = imported.length === ids.length && imported.every(isImported);
      return [summarize(ids.length, imported)];
    } finally {
      disconnect(stack);
      await api.stop();
    }
  }, terminal);
  return code === 0 && !complete ? 1 : code;
}

const isImported = ({ status }: ImportedCase) => status === 'imported' || status === 'unchanged';

/** Imports one case after the other. Stops if ShootID refuses the credentials, because every further call would fail. */
async function importAll(ids: readonly string[], given: CaseImport, { print, complain }: Terminal) {
  const imported: ImportedCase[] = [];
  for (const id of ids) {
    const result = await importCase(makeShootIdImportHint(id), given);
    imported.push(result);
    const line = `${result.verificationId} ${result.status}${result.reason === null ? '' : `: ${result.reason}`}`;
    (isImported(result) ? print : complain)(line);
    if (result.reason === 'unauthorized') break;
  }
  return imported;
}

function summarize(total: number, imported: readonly ImportedCase[]): string {
  const count = (wanted: string) => imported.filter(({ status }) => status === wanted).length;
  return `${total} transactions: ${count('imported')} imported, ${count('unchanged')} unchanged, ${count('failed')} failed, ${count('unfinished')} unfinished, ${total - imported.length} not tried`;
}
