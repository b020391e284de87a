import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type NewCaseAtProvider, type OpenedCase, openCase } from '../../shared/cases/open-case.ts';
import { disconnect } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandArguments } from '../parse-options.ts';
import { connectToStack, stackOptions, stackOptionsHelp } from './connect-to-stack.ts';
import { runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run -s open-case -- PROVIDER REFERENCE [options]

Opens a case at PROVIDER (idnow, id360 or datakeen), with the callback and the secrets of the stack, and registers it as
created. REFERENCE is your own id of the case; for idnow, it is the transaction number. Prints as JSON what you must keep.

${formatOptions([
  ['--process UUID', "id360: the process, from ID360's administration"],
  ['--company NAME', 'idnow: your shortname, if the API secret has several accounts'],
  ['--field NAME=VALUE', "a further field of the provider's request; may be repeated"],
  ['--data FILE', "a file with further fields of the provider's request, as JSON; - reads standard input"],
  ...stackOptionsHelp,
  ['--help', 'print this text'],
])}`;

const options = {
  ...stackOptions,
  process: { type: 'string' },
  company: { type: 'string' },
  field: { type: 'string', multiple: true },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Runs `npm run open-case`. @returns the exit code; 1 if the case is open, but not registered */
export async function runOpenCaseCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let opened: OpenedCase | null = null;
  const code = await runOperatorCommand(async () => {
    const { values, positionals } = parseCommandArguments(args, options, usage);
    const [provider, reference, ...rest] = positionals;
    if (values.help) return [usage];
    if (provider === undefined || reference === undefined || rest.length > 0)
      throw new ConfigurationError(usage);
    const details = { ...(await readDetails(values.data)), ...parseFields(values.field ?? []) };
    const newCase = toNewCase(provider, { reference, details }, values);
    const stack = await connectToStack(values);
    opened = await openCase(newCase, stack).finally(() => disconnect(stack));
    const { registration, ...kept } = opened;
    const told = registration.kind === 'failed' ? { kind: registration.kind } : registration;
    return [JSON.stringify({ ...kept, registration: told }, null, 2)];
  }, terminal);
  return code === 0 && hasFailed(opened, terminal) ? 1 : code;
}

function hasFailed(opened: OpenedCase | null, { complain }: Terminal): boolean {
  if (opened?.registration.kind !== 'failed') return false;
  const { error } = opened.registration;
  complain(`The case is open, but could not be registered: ${error instanceof Error ? error.name : 'Error'}`);
  return true;
}

function toNewCase(
  provider: string,
  common: Pick<NewCaseAtProvider, 'reference' | 'details'>,
  { process: processId, company }: { readonly process?: string; readonly company?: string },
): NewCaseAtProvider {
  switch (provider) {
    case 'idnow':
      return { provider, ...common, companyId: company };
    case 'id360':
      if (processId === undefined) throw new ConfigurationError(`id360 needs --process\n\n${usage}`);
      return { provider, ...common, processId };
    case 'datakeen':
      return { provider, ...common };
    default:
      throw new ConfigurationError(`${provider}: there is no such provider\n\n${usage}`);
  }
}

function parseFields(fields: readonly string[]): Record<string, string> {
  const pairs = fields.map((field) => /^([^=]+)=(.*)$/s.exec(field) ?? []);
  if (pairs.some(([, name]) => name === undefined))
    throw new ConfigurationError(`--field: not NAME=VALUE\n\n${usage}`);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}

const Details = z.record(z.string(), z.unknown());

async function readDetails(file: string | undefined): Promise<Record<string, unknown>> {
  if (file === undefined) return {};
  try {
    return Details.parse(JSON.parse(await readFile(file === '-' ? '/dev/stdin' : file, 'utf8')));
  } catch {
    // Do not quote the error: it contains parts of the file, which names a person.
    throw new ConfigurationError(`--data ${file}: is not a file with a JSON object`);
  }
}
