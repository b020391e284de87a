import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { SystemCheck } from '../../shared/providers/provider-stage.ts';
import type { Foundation } from '../foundation.ts';
import { NodeFunction } from '../lambda-function.ts';
import { addSchedule } from '../schedule.ts';

/** Adds a function that asks a provider on a schedule whether its API works. */
export function addSystemCheck(
  scope: Construct,
  provider: ProviderName,
  foundation: Foundation,
  { everyMinutes, reason, environment }: SystemCheck,
): void {
  const check = new NodeFunction(scope, 'SystemCheck', {
    name: `check-${provider}-system`,
    foundation,
    description: `Asks ${provider} whether its API works`,
    timeout: Duration.seconds(30),
    memorySize: 128,
    environment: { ...environment },
  });
  // Lambda repeats a failed invocation within minutes, but the provider limits the calls.
  check.configureAsyncInvoke({ retryAttempts: 0 });
  addSchedule(scope, 'CheckSystem', { description: reason, everyMinutes, fn: check });
}
