import * as z from 'zod';

/**
 * The network of a stage's functions. Without this setting, Lambda runs them in a network of its own, and their calls come
 * from addresses that change.
 *
 * @example network: { natGateways: 2 }
 */
export const NetworkSettings = z.strictObject({
  /**
   * The address range of the VPC. Choose a range that no network overlaps to which the VPC may be connected later. The VPC
   * must have room for an address of each function instance.
   */
  cidr: z.cidrv4().default('10.0.0.0/20'),
  /**
   * The number of NAT gateways. Each has one fixed address, from which all calls to providers come. With one, the functions
   * stop if its availability zone fails. With two, each zone has its own.
   */
  natGateways: z.union([z.literal(1), z.literal(2)]).default(2),
  /**
   * True if calls to SQS and Secrets Manager stay in the VPC, too. This costs an interface endpoint per service and zone.
   * Calls to DynamoDB and S3 always stay in the VPC, because their gateway endpoints are free.
   */
  interfaceEndpoints: z.boolean().default(false),
});
