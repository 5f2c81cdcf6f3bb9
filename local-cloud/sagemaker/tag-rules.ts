import type { Tag } from '../training/request.ts';
import { validationError } from './errors.ts';

/** Tags a resource can have. */
export const MOST_TAGS = 50;

/** Unique keys, none of AWS's own prefix. Throws ValidationException. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw validationError(`Duplicate tag keys found: ${twice}. Tag keys must be unique.`);
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw validationError(`aws: prefixed tag key names are not allowed for external use: ${reserved}`);
  }
}
