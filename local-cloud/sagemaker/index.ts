import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { createOperation } from './create.ts';
import { describeAndStop } from './describe-stop.ts';
import { listOperation } from './list.ts';
import { searchOperation } from './search.ts';
import { tagOperations } from './tags.ts';

/** SageMaker's training jobs. */
export function sagemaker(cloud: Cloud): Service {
  return {
    ...createOperation(cloud),
    ...describeAndStop(cloud),
    ...listOperation(cloud),
    ...searchOperation(cloud),
    ...tagOperations(cloud),
  };
}
