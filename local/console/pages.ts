import type { ConsolePage } from './page.ts';
import { auditPage } from './pages/audit.ts';
import { casePage } from './pages/case.ts';
import { caseOperationPage } from './pages/case-operation.ts';
import { casesPage } from './pages/cases.ts';
import { changesPage } from './pages/changes.ts';
import { deliveryPage } from './pages/delivery.ts';
import { evidencePage } from './pages/evidence.ts';
import { nowPage } from './pages/now.ts';
import { quarantinePage } from './pages/quarantine.ts';
import { queuesPage } from './pages/queues.ts';
import { redrivePage } from './pages/redrive.ts';
import { refusedPage } from './pages/refused.ts';
import { replayQuarantinePage } from './pages/replay-quarantine.ts';
import { resolveQuarantinePage } from './pages/resolve-quarantine.ts';
import { revealPage } from './pages/reveal.ts';

/** All pages of the console, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [
  nowPage,
  casesPage,
  casePage,
  caseOperationPage,
  revealPage,
  quarantinePage,
  replayQuarantinePage,
  resolveQuarantinePage,
  deliveryPage,
  refusedPage,
  evidencePage,
  queuesPage,
  redrivePage,
  changesPage,
  auditPage,
];
