import { type ClosedCase, closeCase } from '../../shared/cases/close-case.ts';
import type { CaseRegistration } from '../../shared/cases/record-own-transition.ts';
import { disconnect } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandArguments } from '../parse-options.ts';
import { connectToStack, stackOptions, stackOptionsHelp } from './connect-to-stack.ts';
import { runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run -s close-case -- VERIFICATION_ID --yes [options]

Closes a case at its provider, which cannot be undone. An ID360 enrollment is discontinued: its link becomes invalid. An
IDnow ident is deleted at IDnow, if its evidence is in the archive: the command verifies each archived file first.

${formatOptions([['--yes', 'send the request'], ...stackOptionsHelp, ['--help', 'print this text']])}`;

const options = {
  ...stackOptions,
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Runs `npm run close-case`. @returns the exit code */
export function runCloseCaseCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  return runOperatorCommand(async () => {
    const { values, positionals } = parseCommandArguments(args, options, usage);
    const [verificationId, ...rest] = positionals;
    if (values.help) return [usage];
    if (verificationId === undefined || rest.length > 0) throw new ConfigurationError(usage);
    if (!values.yes)
      throw new ConfigurationError('Closing a case cannot be undone: run the command with --yes');
    const stack = await connectToStack(values);
    const closed = await closeCase(verificationId, stack).finally(() => disconnect(stack));
    return [describe(verificationId, closed)];
  }, terminal);
}

function describe(verificationId: string, closed: ClosedCase): string {
  return closed.kind === 'deleted'
    ? `${verificationId} is deleted at IDnow; ${closed.artifacts} artifacts are in the archive`
    : `${verificationId} is discontinued at ID360, ${describeRegistration(closed.registration)}`;
}

function describeRegistration(registration: CaseRegistration): string {
  switch (registration.kind) {
    case 'accepted':
      return `and recorded as event ${registration.sequence}`;
    case 'duplicate':
    case 'stale':
      return 'which a callback has reported already';
    case 'failed':
      return 'but this could not be recorded';
  }
}
