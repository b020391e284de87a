import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { bundleFunctions } from '../infra/bundle.ts';
import { launchChromium } from './browser/launch-chromium.ts';
import { localConsolePath } from './console/local-console.ts';
import { picturedCase, playTraffic } from './console-docs/play-traffic.ts';
import { readLocalConfigFile } from './providers/local-config.ts';
import { startLocalSystem } from './start-system.ts';

/** Makes the pictures of the console in `docs/` again: plays cases for eight minutes, and takes the pictures in Chromium. */
const pictures = [
  { name: 'console-now', path: '', height: 960 },
  { name: 'console-case', path: `/cases/${encodeURIComponent(picturedCase)}`, height: 1400 },
];

const Config = z.object({ basicAuth: z.array(z.object({ username: z.string(), password: z.string() })) });

await bundleFunctions();
const system = await startLocalSystem({ config: await readLocalConfigFile(undefined), port: 0 });
const browser = await launchChromium();
try {
  const { url } = system.stack;
  const [credential] = Config.parse(system.providers.idnow?.config).basicAuth;
  if (credential === undefined) throw new Error('IDnow has no credential');
  console.log('playing cases for eight minutes …');
  await playTraffic(new URL(url).port, credential);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name, path, height } of pictures) {
      const page = await browser.newPage({ viewport: { width: 1280, height }, colorScheme });
      await page.goto(url + localConsolePath + path);
      const file = `../docs/${name}${colorScheme === 'dark' ? '-dark' : ''}.png`;
      await page.screenshot({ path: fileURLToPath(new URL(file, import.meta.url)) });
      await page.close();
    }
  }
} finally {
  await browser.close();
  await system.stop();
}
