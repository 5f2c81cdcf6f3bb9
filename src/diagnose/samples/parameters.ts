import type { FamilySamples } from './samples.ts';

export const PARAMETER_SAMPLES = {
  'argparse-error': {
    samples: [
      'usage: train.py [-h] [--epochs EPOCHS]\ntrain.py: error: unrecognized arguments: --dropout 0.1',
      "train.py: error: argument --lr: invalid float value: 'fast'",
      'main.py: error: the following arguments are required: --data-dir',
      "Error: Invalid value for '--epochs': 'ten' is not a valid integer.",
      "ValueError: Some specified arguments are not used by the HfArgumentParser: ['--max_len', '128']",
    ],
    nearMisses: [
      'train.py: error: unrecognized arguments: --local-rank=0',
      "error: command 'gcc' failed with exit status 1",
    ],
  },
  'invalid-hyperparameter': {
    samples: [
      'sagemaker_algorithm_toolkit.exceptions.UserError: Hyperparameter max_depth: value -3 not in range [0, inf)',
      'ValueError: Invalid learning rate: -0.001',
      "xgboost.core.XGBoostError: Invalid Parameter format for max_depth expect int but value='six'",
      "sklearn.utils._param_validation.InvalidParameterError: The 'n_estimators' parameter of RandomForestClassifier must be an int in the range [1, inf). Got 0 instead.",
      "ValueError: 'cosin' is not a valid SchedulerType, please select one of ['linear', 'cosine']",
    ],
    nearMisses: [
      "INFO Failed to parse hyperparameter objective value binary:logistic to Json.\nKeyError: 'label'",
      "train.py: error: argument --lr: invalid float value: 'fast'",
    ],
  },
  'channel-env-missing': {
    samples: [
      "KeyError: 'SM_CHANNEL_VALIDATION'",
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 20, in main\n    frame = pd.read_csv(os.path.join(args.validation, "v.csv"))\nTypeError: expected str, bytes or os.PathLike object, not NoneType',
    ],
    nearMisses: ["KeyError: 'channel_id'"],
  },
  'input-channel-misconfig': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          "ClientError: Unable to initialize the algorithm. Failed to validate input data configuration. (caused by ValidationError)\n\nCaused by: 'train' is a required property",
      },
      { status: 'Failed', failure_reason: 'ClientError: validation channel is not specified., exit code: 2' },
      'ValueError: There are no files in /opt/ml/input/data/train.\nThis usually indicates that the channel (train) was incorrectly specified,\nthe data specification in S3 was incorrectly specified or the role specified\ndoes not have permission to access the data.',
    ],
    nearMisses: [
      'RuntimeError: Given groups=1, weight of size [64, 3, 7, 7], expected input[8, 1, 224, 224] to have 3 channels, but got 1 channels instead',
      "KeyError: 'SM_CHANNEL_TEST'",
    ],
  },
} satisfies FamilySamples;
