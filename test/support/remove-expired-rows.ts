import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findDynoxideCommand } from '../../local/stack/emulators/dynoxide-command.ts';

const request = (method: string, params: object, id?: number) =>
  `${JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, params })}\n`;

/**
 * Removes all rows whose time to live has passed, and writes DynamoDB's records about it to the streams. dynoxide does
 * not do so by itself, but it has a tool for it in its MCP server. A second process with this server opens the database
 * of the running emulator.
 *
 * @param dataDir the data directory of the local stack
 */
export async function removeExpiredRows(dataDir: string): Promise<void> {
  const [program, ...args] = findDynoxideCommand(import.meta.url).command;
  const database = join(dataDir, 'dynamodb.sqlite');
  const child = spawn(program, [...args, 'mcp', '--db-path', database], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  child.stdin.write(
    request(
      'initialize',
      { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
      1,
    ) +
      request('notifications/initialized', {}) +
      request('tools/call', { name: 'sweep_ttl', arguments: {} }, 2),
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const { id, result } = JSON.parse(line);
    if (id !== 2) continue;
    if (result?.isError !== false) throw new Error(`dynoxide did not remove the expired rows: ${line}`);
    break;
  }
  child.stdin.end();
  await exited;
}
