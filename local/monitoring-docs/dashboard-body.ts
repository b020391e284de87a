import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { StageInput } from '../../infra/stage.ts';
import { readCloudAssembly } from '../stack/template/read-assembly.ts';
import { synthesizeStage } from '../synthesize.ts';

const place = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

const Line = z.looseObject({
  value: z.number(),
  label: z.string().optional(),
});

/** The members of CloudWatch's dashboard body that the picture shows. */
const Widget = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), ...place, properties: z.object({ markdown: z.string() }) }),
  z.object({
    type: z.literal('alarm'),
    ...place,
    properties: z.object({ title: z.string(), alarms: z.array(z.string()) }),
  }),
  z.object({
    type: z.literal('metric'),
    ...place,
    properties: z.object({
      title: z.string(),
      view: z.enum(['timeSeries', 'singleValue']),
      stacked: z.boolean().default(false),
      metrics: z.array(z.array(z.unknown())),
      annotations: z.object({ horizontal: z.array(Line) }).optional(),
      yAxis: z.object({ left: z.object({ label: z.string() }) }).optional(),
    }),
  }),
]);
export type Widget = z.infer<typeof Widget>;

const Dashboard = z.object({
  DashboardName: z.string(),
  DashboardBody: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }),
});
const Alarm = z.object({ AlarmName: z.string(), AlarmDescription: z.string() });

export interface SynthesizedMonitoring {
  readonly dashboardName: string;
  readonly widgets: readonly Widget[];
  /** The alarms, by the reference with which a widget names them. */
  readonly alarms: ReadonlyMap<string, z.infer<typeof Alarm>>;
}

/** Synthesizes a stage, and reads its dashboard and its alarms from the template. Build the bundles first. */
export async function synthesizeMonitoring(stage: StageInput): Promise<SynthesizedMonitoring> {
  const directory = await mkdtemp(join(tmpdir(), 'monitoring-'));
  try {
    await synthesizeStage(stage, directory, { copiesBundles: false });
    const { template } = await readCloudAssembly(directory);
    const resources = Object.entries(template.Resources);
    const [dashboard] = resources
      .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Dashboard')
      .map(([, { Properties }]) => Dashboard.parse(Properties));
    if (dashboard === undefined) throw new Error('the stack has no dashboard');
    const text = dashboard.DashboardBody['Fn::Join'][1].map(nameReference).join('');
    return {
      dashboardName: dashboard.DashboardName,
      widgets: z.object({ widgets: z.array(Widget) }).parse(JSON.parse(text)).widgets,
      alarms: new Map(
        resources
          .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
          .map(([id, { Properties }]) => [`${id}.Arn`, Alarm.parse(Properties)]),
      ),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

const Reference = z.union([
  z.string(),
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((get) => get['Fn::GetAtt'].join('.')),
]);

/** Replaces a reference to another resource by its name, because only a deployment knows the value. */
function nameReference(part: unknown): string {
  return Reference.parse(part);
}
