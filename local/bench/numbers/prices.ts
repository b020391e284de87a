/** The day on which the prices were last compared with public sources. */
export const pricesComparedOn = '2026-11-28';

/**
 * List prices of the region us-east-1 in US dollars, without free tiers and volume discounts. The links are AWS's price
 * pages, which show their figures by script, so the prices were compared with articles that quote the pages. Look at the
 * pages before you plan a budget. The ratios of costs depend little on them.
 */
export const prices = {
  /** https://aws.amazon.com/api-gateway/pricing/ · REST API, the first 333 million requests of a month. */
  restApiRequestsPerMillion: 3.5,
  /** https://aws.amazon.com/lambda/pricing/ */
  lambdaRequestsPerMillion: 0.2,
  /** https://aws.amazon.com/lambda/pricing/ · arm64. */
  lambdaArmGigabyteSecond: 0.0000133334,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ · table class Standard. */
  dynamoDbWriteUnitsPerMillion: 0.625,
  dynamoDbReadUnitsPerMillion: 0.125,
  dynamoDbGigabyteMonth: 0.25,
  /** The same page · table class Standard-IA: storage costs 60 % less, and requests cost 25 % more. */
  infrequentWriteUnitsPerMillion: 0.78125,
  infrequentGigabyteMonth: 0.1,
  /** https://aws.amazon.com/sqs/pricing/ · each 64 KB of a request counts as a request. */
  sqsFifoRequestsPerMillion: 0.5,
  sqsStandardRequestsPerMillion: 0.4,
  /** https://aws.amazon.com/s3/pricing/ · S3 Standard. */
  s3PutsPerMillion: 5,
  s3GetsPerMillion: 0.4,
  s3GigabyteMonth: 0.023,
  /** https://aws.amazon.com/cloudwatch/pricing/ · standard log class. */
  logsIngestedPerGigabyte: 0.5,
} as const;
