import { soak } from './soak/soak.ts';
import { stopSignal } from './stop-signal.ts';

process.exitCode = await soak(process.argv.slice(2), stopSignal());
