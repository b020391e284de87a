import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { replaceGeneratedPart } from '../../local/bench/report/update-document.ts';
import {
  type SynthesizedMonitoring,
  synthesizeMonitoring,
} from '../../local/monitoring-docs/dashboard-body.ts';
import { drawDashboard } from '../../local/monitoring-docs/draw-dashboard.ts';
import { pictureStage } from '../../local/monitoring-docs/picture-stage.ts';
import { formatMonitoringTables } from '../../local/monitoring-docs/tables.ts';

const readDocument = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

let monitoring: SynthesizedMonitoring;
beforeAll(async () => {
  monitoring = await synthesizeMonitoring(pictureStage);
});

test('docs/dashboard.svg shows the dashboard of the template; if not, run npm run monitoring-docs', async () => {
  expect(drawDashboard(monitoring) === (await readDocument('dashboard.svg'))).toBe(true);
});

test('docs/monitoring.md lists the alarms and metrics of the code; if not, run npm run monitoring-docs', async () => {
  const document = await readDocument('monitoring.md');
  const tables = formatMonitoringTables(monitoring);
  expect(replaceGeneratedPart(document, tables, 'npm run monitoring-docs')).toBe(document);
});

test('the picture has the title of every widget and every question', async () => {
  const picture = await readDocument('dashboard.svg');
  for (const { properties } of monitoring.widgets) {
    const title = 'markdown' in properties ? properties.markdown.replace('## ', '') : properties.title;
    expect(picture).toContain(`>${title}</text>`);
  }
});
