/**
 * Replaces `@smithy/core/event-streams` in the bundles (see `infra/bundle.ts`). The AWS SDK needs that module only for
 * answers that are event streams, such as those of S3's SelectObjectContent. We make no such call. The SDK imports the
 * module dynamically, and so esbuild would keep each module that it uses whole: a tenth of a receiver.
 */
function refuse(): never {
  throw new Error('The bundles contain no code for event streams');
}

export const EventStreamSerde = refuse;
export const eventStreamSerdeProvider = refuse;

/** The S3 client calls this function when it is created. It has nothing to add to the settings. */
export const resolveEventStreamSerdeConfig = <Settings>(settings: Settings): Settings => settings;
