import { writeFile } from 'node:fs/promises';
import { bundleFunctions } from '../infra/bundle.ts';
import { updateDocument } from './bench/report/update-document.ts';
import { synthesizeMonitoring } from './monitoring-docs/dashboard-body.ts';
import { drawDashboard } from './monitoring-docs/draw-dashboard.ts';
import { pictureStage } from './monitoring-docs/picture-stage.ts';
import { formatMonitoringTables } from './monitoring-docs/tables.ts';

const docs = new URL('../docs/', import.meta.url);
await bundleFunctions();
const monitoring = await synthesizeMonitoring(pictureStage);
await writeFile(new URL('dashboard.svg', docs), drawDashboard(monitoring));
await updateDocument(
  new URL('monitoring.md', docs),
  formatMonitoringTables(monitoring),
  'npm run monitoring-docs',
);
