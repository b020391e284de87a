import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { metricNamespace, type RefusalMetricName } from '../../shared/platform/metrics.ts';

/** The reasons in the access log with which API Gateway refuses requests itself, by the metric that counts them. */
const reasons: Readonly<Record<RefusalMetricName, readonly string[]>> = {
  RequestsRefusedAddress: ['ACCESS_DENIED'],
  RequestsRefusedRate: ['THROTTLED', 'WAF_FILTERED'],
};

/**
 * Counts the requests that API Gateway refuses itself. No function runs for them, so only the access log has them. If a
 * provider changes its networks, this is the only place where its webhooks can be seen.
 */
export function addRefusalMetrics(accessLogs: ILogGroup): void {
  for (const [metricName, each] of Object.entries(reasons))
    accessLogs.addMetricFilter(metricName, {
      filterPattern: FilterPattern.any(
        ...each.map((reason) => FilterPattern.stringValue('$.reason', '=', reason)),
      ),
      metricNamespace,
      metricName,
      // CloudWatch takes the value of a dimension from the line.
      dimensions: { stage: '$.stage' },
    });
}
