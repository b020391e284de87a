import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTemplateChecks } from '../../infra/template-checks.ts';
import { checkedStages } from './checked-stages.ts';
import { findAllFindingsOfControlTower } from './control-tower.ts';
import {
  type AcceptedFinding,
  contains,
  type Finding,
  findAllFindingsOfPacks,
  findOpenFindingsOfPacks,
  isAccepted,
  listAcceptedFindings,
} from './findings.ts';
import { synthesizeForTest } from './synthesized.ts';

let directory: string;
let ofControlTower: ReadonlyMap<Stack, Finding[]>;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'findings-'));
  const stacks = checkedStages.map(({ stage }) => synthesizeForTest(stage));
  ofControlTower = findAllFindingsOfControlTower(stacks, directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(checkedStages)('the findings of $title', ({ title, stage }) => {
  let stack: Stack;
  let packs: Finding[];
  let controlTower: Finding[];
  let accepted: AcceptedFinding[];
  beforeAll(() => {
    stack = synthesizeForTest(stage).stack;
    packs = findAllFindingsOfPacks(stack);
    const found = ofControlTower.get(stack);
    if (found === undefined) throw new Error(`no check of ${title}`);
    controlTower = found;
    accepted = listAcceptedFindings(stack);
  });

  test(`the rule packs of cdk-nag find nothing in ${title}, except for what its construct accepts`, () => {
    expect(findOpenFindingsOfPacks(stack)).toEqual([]);
    expect(packs.length).toBeGreaterThan(20);
  });

  test(`the rules of AWS Control Tower find nothing in ${title}, except for what its construct accepts`, () => {
    expect(controlTower.filter((finding) => !isAccepted(finding, accepted))).toEqual([]);
    expect(controlTower.length).toBeGreaterThan(10);
  });

  test(`each accepted finding in ${title} still exists`, () => {
    const found = [...packs, ...controlTower];
    const obsolete = accepted.filter(
      ({ rule, path }) => !found.some((finding) => finding.rule === rule && contains(path, finding.path)),
    );
    expect(obsolete).toEqual([]);
  });

  test(`${title} accepts no finding for the whole stack, and each with a reason of at least one sentence`, () => {
    for (const { path, reason, rule } of accepted) {
      expect(path, rule).toContain('/');
      expect(reason, rule).toMatch(/^[A-Z`].{30,}\.$/s);
    }
  });
});

test('the synthesis fails if a construct breaks a rule and does not accept the finding', () => {
  const app = new App({
    analyticsReporting: false,
    outdir: directory,
    builtinCloudFormationValidation: false,
  });
  addTemplateChecks(app);
  new Bucket(new Stack(app, 'Unsafe'), 'Bucket');

  expect(() => app.synth()).toThrow(/AwsSolutions-S1|validation/i);
});
