/** The hyperparameter to lower, by the names programs give it. */
import type { RequestFacts } from '../request-facts.ts';

const BATCH = /batch.?size|train.?batch|^bs$|samples_per_gpu|images_per_gpu/i;
const LENGTH =
  /max.?(?:seq|context|source|input|new_token|len)|block.?size|seq.?len|image.?size|resolution|num_microbatch/i;

/** `lower per_device_train_batch_size (now 12)`, or general words when the request names none. */
export function lowerMemory({ hyperparameters }: RequestFacts): string {
  const entries = Object.entries(hyperparameters ?? {});
  const named = [...entries.filter(([key]) => BATCH.test(key)), ...entries.filter(([key]) => LENGTH.test(key))].slice(
    0,
    3,
  );
  if (named.length === 0)
    return 'Lower the batch size (and raise gradient accumulation by as much), or the length or size of one sample.';
  const list = named.map(([key, value]) => `${key} (now ${value})`).join(', ');
  return `Lower the hyperparameter ${list}; gradient accumulation keeps the effective batch size.`;
}
