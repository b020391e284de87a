import type { ConsolePage } from './page.ts';
import { auditPage } from './pages/audit.ts';
import { casePage } from './pages/case.ts';
import { caseOperationPage } from './pages/case-operation.ts';
import { casesPage } from './pages/cases.ts';
import { revealPage } from './pages/reveal.ts';

/** All pages of the console, in the order of the navigation. */
export const pages: readonly ConsolePage[] = [casesPage, casePage, caseOperationPage, revealPage, auditPage];
