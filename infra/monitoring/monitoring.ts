import { Duration, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { DefaultDashboardFactory, MonitoringFacade, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { metricNamespace, metrics as metricTable } from '../../shared/platform/metrics.ts';
import type { ProviderInStage, Stage } from '../stage.ts';
import { addCustomAlarm } from './add-custom-alarm.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { type CustomAlarm, customAlarms, makeSilenceAlarm, systemCheckAlarm } from './custom-alarms.ts';
import { makeDashboardRows } from './dashboard.ts';
import { createRunbookLinks } from './runbook.ts';
import { createStageMetrics } from './stage-metrics.ts';
import { addStandardAlarms, type MonitoredResources } from './standard-alarms.ts';

interface MonitoringProps {
  readonly stage: Stage;
  readonly resources: MonitoredResources;
  /** The key that encrypts the topic of the alarms. */
  readonly key?: IKey | undefined;
}

/** The alarms of a stage, the topic that they notify, and the dashboard. */
export class Monitoring extends Construct {
  readonly topic: AlarmTopic;
  /** The name of the dashboard in CloudWatch. */
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, { stage, resources, key }: MonitoringProps) {
    super(scope, id);
    const { email, runbookUrl, silentAfterHours, canary } = stage.monitoring;
    const { stackName } = Stack.of(this);
    this.topic = new AlarmTopic(this, 'Topic', { email, key });
    const facade = new MonitoringFacade(this, 'Facade', {
      alarmFactoryDefaults: {
        alarmNamePrefix: stackName,
        actionsEnabled: true,
        action: new SnsAlarmActionStrategy({ onAlarmTopic: this.topic }),
      },
      metricFactoryDefaults: { namespace: metricNamespace, period: Duration.minutes(5) },
      dashboardFactory: new DefaultDashboardFactory(this, 'Dashboards', {
        dashboardNamePrefix: stackName,
        detailDashboardRange: Duration.days(1),
      }),
    });
    const linkToRunbook = createRunbookLinks(runbookUrl);
    const metrics = createStageMetrics(this, stage.name, facade.createMetricFactory());
    const context = { facade, metrics, linkToRunbook };

    addStandardAlarms(resources, { facade, stackName, linkToRunbook });
    const hasAccessLogs = resources.api.accessLogs !== undefined;
    const possible = customAlarms.filter(({ metric }) => hasAccessLogs || !('from' in metricTable[metric]));
    const custom = possible.flatMap((alarm) =>
      ownersOf(alarm, stage.providers).map((provider) => addCustomAlarm(alarm, { ...context, provider })),
    );
    const silence = Object.entries(silentAfterHours).map(([provider, hours]) =>
      addCustomAlarm(makeSilenceAlarm(hours), { ...context, provider, rings: 'below' }),
    );
    const checkedProviders = stage.providers
      .filter(({ deployment }) => canary && deployment.systemCheck !== undefined)
      .map(({ name }) => name);
    const systemChecks = checkedProviders.map((provider) =>
      addCustomAlarm(systemCheckAlarm, { ...context, provider }),
    );

    const alarms = [...silence, ...systemChecks, ...custom, ...facade.createdAlarms()];
    const rows = makeDashboardRows({
      metrics,
      providers: stage.providers.map(({ name }) => name),
      checkedProviders,
      hasAccessLogs,
      queues: resources.queues,
      fetching: resources.fetching,
      alarms: alarms.map(({ alarm }) => alarm),
    });
    for (const row of rows) facade.createdDashboard()?.addWidgets(...row);
    this.dashboardName = stackName;
  }
}

/** Returns the providers that get an alarm of their own; null for the one alarm of the whole stage. */
function ownersOf({ of }: CustomAlarm, providers: readonly ProviderInStage[]): (string | null)[] {
  switch (of) {
    case 'the stage':
      return [null];
    case 'each provider':
      return providers.map(({ name }) => name);
    case 'each provider that sends hints':
      return providers.filter(({ stage }) => stage.sendsHints === true).map(({ name }) => name);
  }
}
