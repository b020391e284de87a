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
   * must have room for an address of each function instance. AWS accepts a prefix from /16 on, and two zones need at least
   * /24.
   */
  cidr: z
    .cidrv4()
    .refine(hasValidSize, 'is not a network of /16 to /24 that begins at its first address')
    .default('10.0.0.0/20'),
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

function hasValidSize(cidr: string): boolean {
  const [address = '', prefix] = cidr.split('/');
  const bits = 32 - Number(prefix);
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return bits >= 8 && bits <= 16 && value % 2 ** bits === 0;
}
