import { failed, reason, type UnseenCase, underToolkit } from './case.ts';

/** Code errors around the program: parameters, data, packages, launchers. */
export const SETUP_CASES: readonly UnseenCase[] = [
  {
    label: 'input-channel-misconfig',
    quote: "'train' is a required property",
    case: reason(
      "ClientError: Unable to initialize the algorithm. Failed to validate input data configuration. (caused by ValidationError)\n\nCaused by: 'train' is a required property\n\nFailed validating 'required' in schema:\n    {'$schema': 'http://json-schema.org/draft-04/schema#'}",
    ),
  },
  {
    label: 'input-channel-misconfig',
    quote: 'Missing train channel',
    case: reason('ClientError: Missing train channel. Please provide a train channel., exit code: 2'),
  },
  {
    label: 'input-data-format',
    quote: "could not convert string to float: 'male'",
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 50, in <module>\n    clf.fit(x, y)\nValueError: could not convert string to float: \'male\'',
      "ValueError: could not convert string to float: 'male'",
    ),
  },
  {
    label: 'input-data-format',
    quote: 'Expected 7 fields in line 12, saw 9',
    case: failed('pandas.errors.ParserError: Error tokenizing data. C error: Expected 7 fields in line 12, saw 9'),
  },
  {
    label: 'input-data-format',
    quote: "'utf-8' codec can't decode byte 0xe9 in position 10",
    case: failed("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 10: invalid continuation byte"),
  },
  {
    label: 'input-data-format',
    quote: 'Parquet magic bytes not found in footer',
    case: failed(
      "pyarrow.lib.ArrowInvalid: Could not open Parquet input source '<Buffer>': Parquet magic bytes not found in footer. Either the file is corrupted or this is not a parquet file.",
    ),
  },
  {
    label: 'input-data-format',
    quote: 'Label must be in [0, num_class)',
    case: failed(
      'xgboost.core.XGBoostError: [12:01:55] ../src/objective/multiclass_obj.cu:123: SoftmaxMultiClassObj: label must be in [0, num_class).'.replace(
        'label must',
        'Label must',
      ),
    ),
  },
  {
    label: 'input-data-format',
    quote: 'Content-type text/tsv is not supported',
    case: reason(
      'AlgorithmError: framework error: \nTraceback (most recent call last):\n  File "/miniconda3/lib/python3.9/site-packages/sagemaker_containers/_trainer.py", line 84, in train\n    entrypoint()\nsagemaker_algorithm_toolkit.exceptions.UserError: Content-type text/tsv is not supported, exit code: 1',
    ),
  },
  {
    label: 'input-data-format',
    quote: 'Input contains NaN, infinity or a value too large for dtype',
    case: failed("ValueError: Input contains NaN, infinity or a value too large for dtype('float32')."),
  },
  {
    label: 'input-data-format',
    quote: 'cannot identify image file',
    case: failed('PIL.UnidentifiedImageError: cannot identify image file <_io.BytesIO object at 0x7f1e2c0d8b80>'),
  },
  {
    label: 'input-data-format',
    accept: ['python-exception'],
    quote: 'Expecting value: line 1 column 1 (char 0)',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/prep.py", line 9, in rows\n    return json.loads(line)\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    ),
  },
  {
    label: 'invalid-hyperparameter',
    quote: 'Hyperparameter subsample: value 1.5 not in range (0, 1]',
    case: reason(
      'AlgorithmError: framework error: \nTraceback (most recent call last):\n  File "/miniconda3/lib/python3.9/site-packages/sagemaker_algorithm_toolkit/hyperparameter_validation.py", line 279, in validate\n    self.hyperparameters[hp].validate_range(value)\nsagemaker_algorithm_toolkit.exceptions.UserError: Hyperparameter subsample: value 1.5 not in range (0, 1], exit code: 1',
    ),
  },
  {
    label: 'invalid-hyperparameter',
    quote: "'epochs': '-1' does not match",
    case: reason(
      "ClientError: Unable to initialize the algorithm. Failed to validate model hyperparameters. (caused by ValidationError)\n\nCaused by: 'epochs': '-1' does not match '^[0-9]+$'",
    ),
  },
  {
    label: 'invalid-hyperparameter',
    quote: 'Invalid momentum value: -0.9',
    case: failed('ValueError: Invalid momentum value: -0.9'),
  },
  {
    label: 'invalid-hyperparameter',
    quote: 'embed_dim must be divisible by num_heads',
    case: failed('AssertionError: embed_dim must be divisible by num_heads'),
  },
  {
    label: 'model-download-failure',
    quote: 'You are trying to access a gated repo',
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/conda/lib/python3.10/site-packages/huggingface_hub/utils/_http.py", line 409, in hf_raise_for_status\n    response.raise_for_status()\nrequests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://huggingface.co/google/gemma-2-9b/resolve/main/config.json\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 33, in <module>\n    model = AutoModelForCausalLM.from_pretrained(name)\nOSError: You are trying to access a gated repo.\nMake sure to have access to it at https://huggingface.co/google/gemma-2-9b.',
      'OSError: You are trying to access a gated repo.',
    ),
  },
  {
    label: 'model-download-failure',
    quote: "Can't load tokenizer for 'my-org/tok'",
    case: failed(
      "OSError: Can't load tokenizer for 'my-org/tok'. If you were trying to load it from 'https://huggingface.co/models', make sure you don't have a local directory with the same name.",
    ),
  },
  {
    label: 'model-download-failure',
    quote: 'HTTP Error 403: rate limit exceeded',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/conda/lib/python3.8/site-packages/torch/hub.py", line 339, in load\n    model = _load_local(repo)\nurllib.error.HTTPError: HTTP Error 403: rate limit exceeded',
    ),
  },
  {
    label: 'permission-denied',
    quote: "[Errno 13] Permission denied: '/opt/ml/output/data/metrics.json'",
    case: failed("PermissionError: [Errno 13] Permission denied: '/opt/ml/output/data/metrics.json'"),
  },
  {
    label: 'permission-denied',
    accept: ['container-start-error', 'entrypoint-not-found'],
    quote: '/opt/program/train: Permission denied',
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 126',
      log: '/bin/sh: 1: /opt/program/train: Permission denied',
    },
  },
  {
    label: 'pip-install-failure',
    quote: 'No matching distribution found for scikit-learn==1.9.9',
    case: {
      status: 'Failed',
      failure_reason:
        'AlgorithmError: InstallRequirementsError:\nExitCode 1\nErrorMessage ""\nCommand "/opt/conda/bin/python3.10 -m pip install -r requirements.txt", exit code: 1',
      log: 'Collecting pandas\nERROR: Could not find a version that satisfies the requirement scikit-learn==1.9.9 (from versions: 0.9, 1.3.0)\nERROR: No matching distribution found for scikit-learn==1.9.9\n2025-01-01 10:00:00,100 sagemaker-training-toolkit ERROR    Reporting training FAILURE\n2025-01-01 10:00:00,100 sagemaker-training-toolkit ERROR    InstallRequirementsError:\nExitCode 1\nErrorMessage ""\nCommand "/opt/conda/bin/python3.10 -m pip install -r requirements.txt"',
    },
  },
  {
    label: 'pip-install-failure',
    accept: ['dependency-conflict'],
    quote:
      'Cannot install -r requirements.txt (line 2) and numpy==1.19 because these package versions have conflicting dependencies',
    case: failed(
      'ERROR: Cannot install -r requirements.txt (line 2) and numpy==1.19 because these package versions have conflicting dependencies.\nThe conflict is caused by:\n    The user requested numpy==1.19\n    pandas 2.1 depends on numpy>=1.22\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/',
    ),
  },
  {
    label: 'pip-install-failure',
    quote: 'Failed to build installable wheels for some pyproject.toml based projects (flash-attn)',
    case: failed(
      '  error: subprocess-exited-with-error\n  × Building wheel for flash-attn (pyproject.toml) did not run successfully.\n  RuntimeError: nvcc was not found. Are you sure your environment has nvcc available?\n  [end of output]\nERROR: Failed to build installable wheels for some pyproject.toml based projects (flash-attn)\n2025-01-01 10:00:00,100 sagemaker-training-toolkit ERROR    InstallRequirementsError:\nExitCode 1\nErrorMessage ""',
    ),
  },
  {
    label: 'dependency-conflict',
    quote: 'numpy.dtype size changed, may indicate binary incompatibility',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 1, in <module>\n    import pandas as pd\n  File "pandas/_libs/interval.pyx", line 1, in init pandas._libs.interval\nValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject',
    ),
  },
  {
    label: 'dependency-conflict',
    accept: ['import-error', 'python-exception'],
    quote: "cannot import name 'split_torch_state_dict_into_shards' from 'huggingface_hub'",
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 4, in <module>\n    from accelerate import Accelerator\n  File "/opt/conda/lib/python3.10/site-packages/accelerate/utils/modeling.py", line 31, in <module>\n    from huggingface_hub import split_torch_state_dict_into_shards\nImportError: cannot import name \'split_torch_state_dict_into_shards\' from \'huggingface_hub\' (/opt/conda/lib/python3.10/site-packages/huggingface_hub/__init__.py)',
    ),
  },
  {
    label: 'dependency-conflict',
    quote: 'but Transformers does not recognize this architecture',
    case: failed(
      'ValueError: The checkpoint you are trying to load has model type `qwen3` but Transformers does not recognize this architecture. This could be because of an issue with the checkpoint, or because your version of Transformers is out of date.',
    ),
  },
  {
    label: 'distributed-launch-misconfig',
    quote: 'environment variable MASTER_ADDR expected, but not set',
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 15, in <module>\n    dist.init_process_group("nccl")\nValueError: Error initializing torch.distributed using env:// rendezvous: environment variable MASTER_ADDR expected, but not set',
      'ValueError: Error initializing torch.distributed using env:// rendezvous: environment variable MASTER_ADDR expected, but not set',
    ),
  },
  {
    label: 'distributed-launch-misconfig',
    quote: 'There are not enough slots available in the system to satisfy the 16',
    case: failed(
      '--------------------------------------------------------------------------\nThere are not enough slots available in the system to satisfy the 16\nslots that were requested by the application:\n\n  /opt/conda/bin/python3.8\n\nEither request fewer slots for your application, or make more slots\navailable for use.',
    ),
  },
  {
    label: 'distributed-launch-misconfig',
    quote: 'invalid device ordinal',
    case: failed(
      '[rank5]: Traceback (most recent call last):\n[rank5]:   File "/opt/ml/code/train.py", line 12, in setup\n[rank5]:     torch.cuda.set_device(local_rank)\n[rank5]: RuntimeError: CUDA error: invalid device ordinal\n[rank5]: CUDA kernel errors might be asynchronously reported at some other API call',
    ),
  },
  {
    label: 'debugger-hook-error',
    quote: "'NoneType' object has no attribute 'get_collections'",
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 88, in train\n    optimizer.step()\n  File "/opt/conda/lib/python3.6/site-packages/smdebug/core/hook.py", line 331, in _prepare_collections\n    for c in self.collection_manager.get_collections():\nAttributeError: \'NoneType\' object has no attribute \'get_collections\'',
    ),
  },
  {
    label: 'hang-deadlock',
    quote: 'Loading checkpoint shards',
    case: {
      status: 'InProgress',
      secondary_status: 'Training',
      log: 'Downloading shards: 100%|##########| 3/3\nLoading checkpoint shards: 100%|##########| 3/3',
      request_facts: { author_notes: 'no output for nine hours, GPU utilisation 0' },
    },
  },
  {
    label: 'checkpoint-lost',
    accept: ['spot-interruption'],
    quote: 'no checkpoint',
    case: {
      status: 'Failed',
      log: '2024-09-01 10:00:00 Training - Training image download completed. Training in progress.\nepoch 17 done\n2024-09-01 12:31:00 Interrupted - Instance was reclaimed\n2024-09-01 12:50:00 Training - Training image download completed. Training in progress.\nno checkpoint in /opt/ml/checkpoints, starting at epoch 0\n2024-09-01 15:00:00 Failed - Training job failed',
    },
  },
];
