import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';

interface ScheduleProps {
  /** The reason for the schedule. */
  readonly description: string;
  readonly everyMinutes: number;
  readonly fn: IFunction;
}

/** Adds a rule that invokes a function on a schedule. */
export function addSchedule(scope: Construct, id: string, props: ScheduleProps): void {
  const { description, everyMinutes, fn } = props;
  const rule = new Rule(scope, id, {
    description,
    schedule: Schedule.rate(Duration.minutes(everyMinutes)),
    targets: [new LambdaFunction(fn)],
  });
  acknowledgeFindings(
    rule,
    `A missed run needs no dead letter, because the next run follows after ${everyMinutes} minutes and does the same work.`,
    'Serverless-EventBusDLQ',
  );
}
