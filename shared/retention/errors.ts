import { IdvError } from '../platform/errors.ts';

/** Thrown if S3 does not delete or hide all objects of a call. Its message has S3's error codes, but no keys. */
export class ObjectsNotDeleted extends IdvError {
  override readonly name = 'ObjectsNotDeleted';
}
