import type { Command } from 'commander';
import { VerificationEvent } from '../../../shared/contract/verification-event.ts';
import { recordOperation } from '../../../shared/operations/audit/audit.ts';
import { followHistory } from '../../../shared/operations/listening/follow-history.ts';
import { createForwarder, type ForwardedEvent } from '../../../shared/operations/listening/forward-events.ts';
import { explainError } from '../../../shared/operations/stack/explain-error.ts';
import type { OperatedStack } from '../../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { verificationIdFormat } from '../../../shared/platform/path-safe.ts';
import type { HistoryRow } from '../../../shared/verifications/history-row.ts';
import { localStageName } from '../../local-names.ts';
import { dim, red } from '../../terminal.ts';
import type { CommandTools, RevealOptions, SharedOptions } from '../command-tools.ts';
import { formatHistoryEntry, listHistoryEntries } from '../format-history-row.ts';
import { addExamples, addRevealOption, addSharedOptions } from '../shared-options.ts';

interface ListenOptions extends SharedOptions, RevealOptions {
  readonly case?: string;
  readonly forwardTo?: string;
}

/** Adds `idv listen`: deliveries and events as they happen, until the operator stops it. */
export function addListenCommand(idv: Command, tools: CommandTools): void {
  const command = idv
    .command('listen')
    .description(
      'show deliveries and events as they happen, and forward events to a consumer under development',
    )
    .option('--case <verification>', 'only this case')
    .option('--forward-to <url>', 'POST each event to this URL, as application/cloudevents+json')
    .action(() => tools.run<ListenOptions>(command, (stack, options) => listen(stack, options, tools)));
  addExamples(addRevealOption(addSharedOptions(command)), [
    ['idv listen', 'everything that happens in the local stack'],
    ['idv listen --case idnow:demo:txn-1 --stage live', 'one case of a deployed stage'],
    ['idv listen --forward-to http://127.0.0.1:3000/events', 'with a consumer under development'],
    ['idv listen --json', 'one JSON object in each line, for a program'],
  ]);
}

async function listen(
  stack: OperatedStack,
  { case: verificationId, forwardTo, reveal, json }: ListenOptions,
  { terminal, pauseFactor, stopSignal }: CommandTools,
) {
  if (verificationId !== undefined && !verificationIdFormat.test(verificationId))
    throw new ConfigurationError(
      `--case ${verificationId}: not the id of a case, such as idnow:demo:txn-1. "idv explain --reference" finds it`,
    );
  const signal = stopSignal();
  const forward = forwardTo === undefined ? null : await startForwarding(stack, forwardTo);
  await followHistory(stack, {
    verificationId,
    signal,
    pauseFactor,
    onReady: () => terminal.complain(`listening to ${stack.stageName}; Ctrl-C ends it`),
    onRow(row) {
      for (const entry of listHistoryEntries(row))
        terminal.print(json ? JSON.stringify(entry) : formatHistoryEntry(entry));
      forward?.(row);
    },
    onFailure: (error) =>
      terminal.complain(`… trying again, because the stream cannot be read: ${explainError(error)}`),
  });
  return { json: undefined, lines: [] };

  async function startForwarding({ stageName }: OperatedStack, text: string) {
    const url = parseConsumerUrl(text);
    if (reveal === undefined && stageName !== localStageName)
      throw new ConfigurationError(
        `The events of ${stageName} contain personal data: say with --reveal WHY why you forward them`,
      );
    if (reveal !== undefined) {
      const result = `events are forwarded to ${url.origin} by idv listen`;
      const reason = reveal;
      await recordOperation(stack, {
        action: 'reveal',
        verificationId: verificationId ?? null,
        reason,
        result,
      });
    }
    const forwarder = createForwarder(url, {
      signal,
      onAnswer: (answer) =>
        terminal.print(json ? JSON.stringify({ kind: 'answer', ...answer }) : formatAnswer(answer)),
    });
    return ({ event }: HistoryRow) => {
      const { success, data } = VerificationEvent.safeParse(event);
      if (success) forwarder.forward(data);
    };
  }
}

function formatAnswer({ verificationId, sequence, status, failure }: ForwardedEvent): string {
  const answer = failure === null ? `${status}` : failure;
  const isAccepted = status !== null && status < 300;
  return `${' '.repeat(8)}  answer    ${verificationId}  ${dim(`#${sequence}`)} ${isAccepted ? answer : red(answer)}`;
}

function parseConsumerUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new ConfigurationError(`--forward-to ${text}: not a URL such as http://127.0.0.1:3000/events`);
}
