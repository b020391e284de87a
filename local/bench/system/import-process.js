// @ts-check
/**
 * A fresh process that loads the bundle whose path is the first argument. Prints how long that takes, as JSON, and ends
 * at once: what the init phase has started does not count.
 */
import { createRequire } from 'node:module';

const [, , bundle = ''] = process.argv;
const load = createRequire(import.meta.url);
const cpu = process.cpuUsage();
const startedAt = performance.now();
load(bundle);
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000 }), () => process.exit());
