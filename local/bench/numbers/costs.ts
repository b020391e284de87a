import { prices } from './prices.ts';
import { computeMedian } from './statistics.ts';

/** What some work has used of the services that AWS bills by use. */
export interface Usage {
  /** Requests to the REST API. */
  readonly apiRequests: number;
  readonly invocations: number;
  /** The billed time of functions, times their memory. */
  readonly gigabyteSeconds: number;
  readonly writeUnits: number;
  /** The part of `writeUnits` that goes to tables of the class Standard-IA. */
  readonly infrequentWriteUnits: number;
  readonly readUnits: number;
  readonly fifoRequests: number;
  readonly queueRequests: number;
  readonly objectPuts: number;
  readonly objectGets: number;
  readonly logBytes: number;
  /** Bytes that stay in tables. The size of evidence depends on the provider, so its storage is not counted here. */
  readonly tableBytes: number;
  /** The part of `tableBytes` that is in tables of the class Standard-IA. */
  readonly infrequentTableBytes: number;
}

export const noUsage: Usage = {
  apiRequests: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  writeUnits: 0,
  infrequentWriteUnits: 0,
  readUnits: 0,
  fifoRequests: 0,
  queueRequests: 0,
  objectPuts: 0,
  objectGets: 0,
  logBytes: 0,
  tableBytes: 0,
  infrequentTableBytes: 0,
};

export const addUsage = (one: Usage, other: Usage): Usage => combine((key) => one[key] + other[key]);

/** Returns the median of each figure. */
export const medianUsage = (usages: readonly Usage[]): Usage =>
  combine((key) => computeMedian(usages.map((usage) => usage[key])));

function combine(figureOf: (key: keyof Usage) => number): Usage {
  return {
    apiRequests: figureOf('apiRequests'),
    invocations: figureOf('invocations'),
    gigabyteSeconds: figureOf('gigabyteSeconds'),
    writeUnits: figureOf('writeUnits'),
    infrequentWriteUnits: figureOf('infrequentWriteUnits'),
    readUnits: figureOf('readUnits'),
    fifoRequests: figureOf('fifoRequests'),
    queueRequests: figureOf('queueRequests'),
    objectPuts: figureOf('objectPuts'),
    objectGets: figureOf('objectGets'),
    logBytes: figureOf('logBytes'),
    tableBytes: figureOf('tableBytes'),
    infrequentTableBytes: figureOf('infrequentTableBytes'),
  };
}

/** The cost of some work in US dollars, by what it pays for. */
export interface Cost {
  readonly 'API Gateway': number;
  readonly 'Lambda requests': number;
  readonly 'Lambda time': number;
  readonly 'DynamoDB writes': number;
  readonly 'DynamoDB reads': number;
  readonly SQS: number;
  readonly 'S3 requests': number;
  readonly Logs: number;
  readonly 'DynamoDB storage': number;
}

const million = 1_000_000;
const gigabyte = 1024 ** 3;

/** Computes the cost of some work. @param months the time for which the stored bytes are kept */
export function computeCost(usage: Usage, months: number): Cost {
  return {
    'API Gateway': (usage.apiRequests / million) * prices.restApiRequestsPerMillion,
    'Lambda requests': (usage.invocations / million) * prices.lambdaRequestsPerMillion,
    'Lambda time': usage.gigabyteSeconds * prices.lambdaArmGigabyteSecond,
    'DynamoDB writes':
      ((usage.writeUnits - usage.infrequentWriteUnits) / million) * prices.dynamoDbWriteUnitsPerMillion +
      (usage.infrequentWriteUnits / million) * prices.infrequentWriteUnitsPerMillion,
    'DynamoDB reads': (usage.readUnits / million) * prices.dynamoDbReadUnitsPerMillion,
    SQS:
      (usage.fifoRequests / million) * prices.sqsFifoRequestsPerMillion +
      (usage.queueRequests / million) * prices.sqsStandardRequestsPerMillion,
    'S3 requests':
      (usage.objectPuts / million) * prices.s3PutsPerMillion +
      (usage.objectGets / million) * prices.s3GetsPerMillion,
    Logs: (usage.logBytes / gigabyte) * prices.logsIngestedPerGigabyte,
    'DynamoDB storage':
      (((usage.tableBytes - usage.infrequentTableBytes) / gigabyte) * prices.dynamoDbGigabyteMonth +
        (usage.infrequentTableBytes / gigabyte) * prices.infrequentGigabyteMonth) *
      months,
  };
}

export function sumCost(cost: Cost): number {
  return Object.values(cost).reduce((sum, part) => sum + part, 0);
}
