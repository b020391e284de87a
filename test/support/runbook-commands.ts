import { readFile } from 'node:fs/promises';

/** Commands that the runbook shows together. */
export interface RunbookCommands {
  readonly heading: string;
  /** The text of the code block, or of one command in a sentence. */
  readonly text: string;
}

/** Reads all commands of `docs/runbook.md`: its code blocks, and commands with options that stand in a sentence. */
export async function readRunbookCommands(): Promise<RunbookCommands[]> {
  const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  return runbook
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const heading = section.slice(0, section.indexOf('\n'));
      return [...listBlocks(section), ...listInlineCommands(section)].map((text) => ({ heading, text }));
    });
}

function listBlocks(section: string): string[] {
  return [...section.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
  );
}

/** A command in a sentence names a service, an operation and mostly options. A name alone is no command. */
function listInlineCommands(section: string): string[] {
  const prose = section.replaceAll(/^ *```sh\n[\s\S]*?^ *```$/gm, '');
  return [
    ...prose.matchAll(
      /`((?:aws [a-z0-9-]+ (?:get|describe)-|npm run -s secrets|npm run [a-z-]+ -- -)[^`]*)`/g,
    ),
  ].map(([, command = '']) => command.replaceAll(/\s+/g, ' '));
}
