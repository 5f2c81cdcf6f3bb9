import { failed, reason, refused, type UnseenCase } from './case.ts';

/** Other versions, wordings and wrappers; benign lines that hold the words of a cause. */
export const THIRD_CASES: readonly UnseenCase[] = [
  {
    label: 'python-exception',
    accept: ['missing-key'],
    quote: 'Missing key hidden',
    case: {
      ...failed(
        '2025-02-11 09:14:02,118 sagemaker-training-toolkit INFO     Invoking user script\n\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 12, in <module>\n    x = cfg.model.hidden\nomegaconf.errors.ConfigAttributeError: Missing key hidden\n    full_key: model.hidden\n    object_type=dict\n2025-02-11 09:20:41,530 sagemaker-training-toolkit INFO     Waiting for the process to finish and give a return code.\n2025-02-11 09:20:41,530 sagemaker-training-toolkit INFO     Done waiting for a return code. Received 1 from exiting process.\n2025-02-11 09:20:41,531 sagemaker-training-toolkit ERROR    Reporting training FAILURE\n2025-02-11 09:20:41,531 sagemaker-training-toolkit ERROR    ExecuteUserScriptError:\nExitCode 1\nErrorMessage ""\nCommand "/opt/conda/bin/python3.10 train.py --epochs 3"\n2025-02-11 09:20:41,532 sagemaker-training-toolkit ERROR    Encountered exit_code 1',
      ),
      failure_reason:
        'AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage ""\nCommand "/opt/conda/bin/python3.10 train.py --epochs 3", exit code: 1',
    },
  },
  {
    label: 'argparse-error',
    quote: 'required argument',
    case: {
      ...failed(
        'ERROR: The function received no value for the required argument: data_dir\nUsage: train.py DATA_DIR <flags>',
      ),
      failure_reason: 'AlgorithmError: , exit code: 2',
    },
  },
  {
    label: 'input-data-format',
    quote: 'Label should be',
    case: failed('lightgbm.basic.LightGBMError: Label should be int type (met 0.500000) for classification task'),
  },
  {
    label: 'input-data-format',
    quote: 'Invalid classes',
    case: failed('ValueError: Invalid classes inferred from unique values of `y`.  Expected: [0 1 2], got [1 2 3]'),
  },
  {
    label: 'invalid-hyperparameter',
    quote: 'foo',
    case: reason(
      "ClientError: Additional hyperparameters are not allowed ('foo' was unexpected) (caused by ValidationError)\n\nCaused by: Additional properties are not allowed ('foo' was unexpected)\n\nFailed validating 'additionalProperties' in schema",
    ),
  },
  {
    label: 'invalid-hyperparameter',
    accept: ['python-exception'],
    quote: 'invalid literal',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 14, in <module>\n    n = int(hp["epochs"])\nValueError: invalid literal for int() with base 10: \'"10"\'',
    ),
  },
  {
    label: 'shape-mismatch',
    quote: 'contracting dimensions',
    case: failed(
      'jax.errors.TypeError: dot_general requires contracting dimensions to have the same shape, got (512,) and (256,).',
    ),
  },
  {
    label: 'checkpoint-resume-error',
    quote: 'could not be loaded',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 50, in <module>\n    model.load_weights(path)\nValueError: A total of 3 objects could not be loaded. Example error message for object <Dense name=dense, built=True>:\n\nLayer \'dense\' expected 2 variables, but received 0 variables during loading.',
    ),
  },
  {
    label: 'pip-install-failure',
    quote: 'unsatisfiable',
    case: failed(
      'error: Failed to download `foo==1.0`\n  × No solution found when resolving dependencies:\n  ╰─▶ Because foo was not found in the package registry and you require foo, we can conclude that your requirements are unsatisfiable.',
    ),
  },
  {
    label: 'gpu-oom',
    quote: 'OOM',
    case: failed(
      '2024-05-01 10:00:00.1: W tensorflow/core/common_runtime/bfc_allocator.cc:497] ****\n2024-05-01 10:00:00.2: W tensorflow/core/framework/op_kernel.cc:1780] OP_REQUIRES failed at conv_ops.cc:1101 : RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[128,64,112,112] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 9, in <module>\n    m.fit()\ntensorflow.python.framework.errors_impl.ResourceExhaustedError: Graph execution error:',
    ),
  },
  {
    label: 'gpu-oom',
    quote: 'No available memory',
    case: failed(
      'ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.',
    ),
  },
  {
    label: 'gpu-oom',
    quote: 'Out of memory allocating',
    case: failed(
      'cupy.cuda.memory.OutOfMemoryError: Out of memory allocating 2,147,483,648 bytes (allocated so far: 12,884,901,888 bytes).',
    ),
  },
  {
    label: 'gpu-oom',
    quote: 'enough GPU RAM',
    case: failed(
      'ValueError: Some modules are dispatched on the CPU or the disk. Make sure you have enough GPU RAM to fit the quantized model.',
    ),
  },
  {
    label: 'host-oom',
    quote: 'memory allocation of',
    case: failed('polars.exceptions.ComputeError: memory allocation of 8589934592 bytes failed'),
  },
  {
    label: 'host-oom',
    quote: 'memory allocation of',
    case: failed('memory allocation of 34359738368 bytes failed\nAborted (core dumped)'),
  },
  {
    label: 'host-oom',
    quote: 'malloc of size',
    case: failed('pyarrow.lib.ArrowMemoryError: malloc of size 4294967296 failed'),
  },
  {
    label: 'host-oom',
    quote: 'failed to allocate',
    case: failed(
      'OpenBLAS blas_thread_init: pthread_create failed for thread 3 of 64: Resource temporarily unavailable\nduckdb.duckdb.OutOfMemoryException: Out of Memory Error: failed to allocate data of size 256.0 KiB (12.4 GiB/12.4 GiB used)',
    ),
  },
  {
    label: 'disk-full',
    quote: 'No space left',
    case: failed(
      'tensorflow.python.framework.errors_impl.ResourceExhaustedError: /opt/ml/model/ckpt.data; No space left on device',
    ),
  },
  {
    label: 'cuda-mismatch',
    accept: ['import-error'],
    quote: 'libcudnn',
    case: failed(
      'Could not load library libcudnn_cnn_infer.so.8. Error: /usr/lib/libcudnn_cnn_infer.so.8: undefined symbol: _ZN\nAborted',
    ),
  },
  {
    label: 'cuda-mismatch',
    quote: 'sm_90a',
    case: failed(
      "ptxas fatal   : Value 'sm_90a' is not defined for option 'gpu-name'\ntriton.runtime.errors.PTXASError: PTXAS error: `ptxas` failed with error code 255",
    ),
  },
  {
    label: 's3-access-denied',
    quote: 'ACCESS_DENIED',
    case: failed(
      "OSError: When getting information for key 'data/x.parquet' in bucket 'corp': AWS Error ACCESS_DENIED during HeadObject operation: No response body.",
    ),
  },
  {
    label: 's3-wrong-region',
    quote: 'same region',
    case: refused(
      'An error occurred (ValidationException) when calling the CreateTrainingJob operation: The S3 bucket in TrainingInput must be in the same region: us-west-2',
    ),
  },
  {
    label: 'network-unreachable',
    accept: ['vpc-no-internet'],
    quote: 'wandb',
    case: failed(
      'wandb.errors.CommError: Network error (ConnectTimeout), entering retry loop. Run initialization has timed out after 90.0 sec.',
    ),
  },
  {
    label: 'checkpoint-sync-failure',
    quote: 'checkpoint',
    case: reason('InternalServerError: Failed to download checkpoint data from s3://corp/ckpt: too many objects'),
  },
  {
    label: 'unknown',
    quote: 'epoch 2 loss 0.2',
    case: { ...failed('epoch 1 loss 0.3\nepoch 2 loss 0.2'), failure_reason: 'AlgorithmError: , exit code: 1' },
  },
  {
    label: 'unknown',
    quote: 'connection established',
    case: {
      ...failed(
        'INFO memory usage: 43%\nINFO cuda available: True\nINFO disk free: 120 GB\nno errors found\nRetrying request 1 of 3\nconnection established',
      ),
      failure_reason: 'AlgorithmError: , exit code: 1',
    },
  },
  {
    label: 'python-exception',
    quote: 'ZeroDivisionError',
    case: failed(
      'WARNING:root:NCCL version mismatch ignored\nCUDA_VISIBLE_DEVICES=0\n[W socket.cpp:663] [c10d] The client socket has failed to connect to [ip6-localhost]:29500 (errno: 99 - Cannot assign requested address).\nSome weights of the model checkpoint at bert were not used\n/opt/conda/lib/python3.10/site-packages/torch/cuda/__init__.py:1: UserWarning: Can\'t initialize NVML\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 44, in <module>\n    main()\n  File "/opt/ml/code/train.py", line 30, in main\n    acc = hits / total\nZeroDivisionError: division by zero',
    ),
  },
  {
    label: 'python-exception',
    quote: 'NameError',
    case: failed(
      'Setting OMP_NUM_THREADS environment variable for each process to be 1 in default, to avoid your system being overloaded, please further tune\nReinstalled checkpoint file not found, training from scratch\nOut of memory guard: enabled\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 44, in <module>\n    main()\nNameError: name \'foo\' is not defined',
    ),
  },
  {
    label: 'module-not-found',
    quote: 'sentencepiece',
    case: failed(
      'algo-1-abcde  | Traceback (most recent call last):\nalgo-1-abcde  |   File "/opt/ml/code/train.py", line 3, in <module>\nalgo-1-abcde  |     import sentencepiece\nalgo-1-abcde  | ModuleNotFoundError: No module named \'sentencepiece\'\nalgo-1-abcde exited with code 1\nAborting on container exit...',
    ),
  },
  {
    label: 'host-oom',
    quote: 'return code = -9',
    case: failed(
      "[2024-05-05 10:00:00,000] [INFO] [launch.py:319:sigkill_handler] Killing subprocess 120\n[2024-05-05 10:00:00,100] [ERROR] [launch.py:325:sigkill_handler] ['/opt/conda/bin/python', '-u', 'train.py', '--local_rank=3'] exits with return code = -9",
    ),
  },
  {
    label: 'python-exception',
    quote: 'best',
    case: failed(
      'Exception in thread Thread-3 (_monitor):\nTraceback (most recent call last):\n  File "/opt/conda/lib/python3.10/threading.py", line 1016, in _bootstrap_inner\n    self.run()\n  File "/opt/conda/lib/python3.10/site-packages/psutil/__init__.py", line 3, in x\n    y()\npsutil.NoSuchProcess: process no longer exists (pid=4)\nEpoch 1 done\nEpoch 2 done\nEpoch 3 done\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 90, in <module>\n    report(best)\nUnboundLocalError: cannot access local variable \'best\' where it is not associated with a value',
    ),
  },
  {
    label: 'distributed-init-timeout',
    accept: ['nccl-error', 'network-unreachable'],
    quote: 'Gloo',
    case: failed(
      'RuntimeError: [enforce fail at ../third_party/gloo/gloo/transport/tcp/pair.cc:598] Connect timeout [10.0.1.5]:30123\nRuntimeError: Gloo connectFullMesh failed with [/opt/conda/conda-bld/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:144] no error',
    ),
  },
  {
    label: 'model-download-failure',
    accept: ['vpc-no-internet', 'network-unreachable'],
    quote: 'Connection error',
    case: failed(
      'ValueError: Connection error, and we cannot find the requested files in the cached path. Please try again or make sure your Internet connection is on.',
    ),
  },
  {
    label: 'argparse-error',
    accept: ['missing-key'],
    quote: 'not in struct',
    case: failed(
      "omegaconf.errors.ConfigKeyError: Key 'batch' is not in struct\n    full_key: batch\n    object_type=dict",
    ),
  },
  {
    label: 'input-data-format',
    accept: ['shape-mismatch'],
    quote: 'Length of label',
    case: failed(
      'ValueError: Length of label is not same with #data\nlightgbm.basic.LightGBMError: Length of label is not same with #data',
    ),
  },
  {
    label: 'input-data-format',
    quote: 'constant or ignored',
    case: failed(
      'catboost.CatBoostError: catboost/libs/data/quantization.cpp:2420: All features are either constant or ignored.',
    ),
  },
  {
    label: 'input-data-format',
    quote: 'label',
    case: failed('ValueError: DataFrame for label cannot have multiple columns'),
  },
  {
    label: 'input-data-format',
    quote: 'infer the same',
    case: failed(
      "datasets.exceptions.DatasetGenerationError: An error occurred while generating the dataset\nValueError: Couldn't infer the same data file format for all splits. Got {NamedSplit('train'): ('csv', {}), NamedSplit('test'): ('json', {})}",
    ),
  },
  {
    label: 'input-data-format',
    accept: ['input-channel-misconfig'],
    quote: 'No data',
    case: reason(
      'AlgorithmError: framework error: \nTraceback (most recent call last):\n  File "/miniconda3/lib/python3.7/site-packages/sagemaker_xgboost_container/algorithm_mode/train.py", line 1, in x\nsagemaker_algorithm_toolkit.exceptions.UserError: No data in the channel train',
    ),
  },
  {
    label: 'unknown',
    quote: 'starting training',
    case: {
      ...failed(
        "Collecting einops\n  Downloading einops-0.7.0.tar.gz\nSuccessfully installed einops-0.7.0\nWARNING: Running pip as the 'root' user can result in broken permissions\nstarting training",
      ),
      failure_reason: 'AlgorithmError: , exit code: 1',
    },
  },
  {
    label: 'unknown',
    quote: 'checkpoint saved',
    case: {
      ...failed(
        '0 errors, 0 warnings\nno NaN found in the dataset\nskipping 0 corrupt files\nGPU memory: 10 of 16 GB\nNCCL INFO Init COMPLETE\ncheckpoint saved',
      ),
      failure_reason: 'AlgorithmError: , exit code: 1',
    },
  },
  {
    label: 'unknown',
    quote: 'INFO: no missing keys',
    case: {
      ...failed(
        'INFO: failed files so far: 0\nINFO: timeout set to 1800 s\nINFO: permission checks passed\nINFO: no missing keys',
      ),
      failure_reason: 'AlgorithmError: , exit code: 1',
    },
  },
];
