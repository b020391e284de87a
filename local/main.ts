import { bundleFunctions } from '../infra/bundle.ts';
import { startSystem } from './start-system.ts';

console.time('bundle');
await bundleFunctions();
console.timeEnd('bundle');
console.time('start');
const s = await startSystem({ config: {}, port: 8787, onLog: (e) => console.log(e.source, e.line) });
console.timeEnd('start');
process.on('SIGINT', async () => {
  console.time('stop');
  await s.stop();
  console.timeEnd('stop');
});
