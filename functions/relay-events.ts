import { createRelayDependencies } from '../shared/relay/aws-dependencies.ts';
import { relayEvents } from '../shared/relay/relay-events.ts';

export const handler = relayEvents(createRelayDependencies(process.env));
