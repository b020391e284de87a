import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';

const assets = {
  'console.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** Serves the style, the script and the icon. Nothing comes from another host. */
export function addAssets(app: Hono, basePath: string): void {
  for (const [name, type] of Object.entries(assets)) {
    app.get(`${basePath}/assets/${name}`, async (context) => {
      const content = await readFile(new URL(`assets/${name}`, import.meta.url), 'utf8');
      return context.body(content, 200, { 'Content-Type': type });
    });
  }
}
