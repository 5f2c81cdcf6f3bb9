import { line } from '../scalar.ts';
import { optional } from '../spec.ts';

export const rest = {
  'job-file': optional({
    group: 'the rest of the API',
    description:
      'Path of a YAML file with any part of CreateTrainingJob in its own field names, merged over what the action makes of the other inputs: objects deeply; channels, metrics, tags, hyperparameters and environment by name; other lists replace. It is checked before anything is spent. What an input sets it must not set as well; `TrainingJobName` and `train-…` tags stay with the action.',
    read: line('the path'),
  }),
};
