import { failed, reason, refused, type UnseenCase, underToolkit } from './case.ts';

/** A second round: older frameworks, built-in algorithms, causes far from the end, misleading last words. */
export const SECOND_CASES: readonly UnseenCase[] = [
  {
    label: 'gpu-oom',
    quote: 'cudaMalloc failed: out of memory',
    case: failed(
      'mxnet.base.MXNetError: [10:11:12] src/storage/./pooled_storage_manager.h:143: cudaMalloc failed: out of memory\n\nStack trace returned 10 entries:\n[bt] (0) /usr/local/lib/libmxnet.so(+0x3c2b) [0x7f]',
    ),
  },
  {
    label: 'gpu-oom',
    accept: ['host-oom'],
    quote: 'CUDA out of memory',
    case: {
      status: 'Failed',
      failure_reason:
        'AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 14.76 GiB total capacity)"\nCommand "/opt/conda/bin/python3.8 run.py"',
      request_facts: { instance_type: 'ml.g4dn.xlarge' },
    },
  },
  {
    label: 'host-oom',
    quote: 'Please use an instance type with more memory',
    case: {
      status: 'Failed',
      failure_reason:
        'ClientError: Please use an instance type with more memory, or reduce the size of training data processed on an instance.',
      log: 'Processing shard 3\nWARNING: slow\n2021-01-01 10:00:00 Failed - Training job failed',
    },
  },
  {
    label: 'host-oom',
    quote: 'java.lang.OutOfMemoryError: Java heap space',
    case: failed(
      '21/06/01 ERROR Executor: Exception in task 3.0\njava.lang.OutOfMemoryError: Java heap space\n\tat org.apache.spark.ml.x(x.scala:1)',
    ),
  },
  { label: 'host-oom', accept: ['unknown'], quote: 'Exit Code: 137', case: reason('AlgorithmError: Exit Code: 137') },
  {
    label: 'python-exception',
    quote: 'Exception: Data has not been preprocessed',
    case: reason(
      'AlgorithmError: Exception during training: Data has not been preprocessed\nTraceback (most recent call last):\n  File "/opt/program/train", line 60, in train\n    raise Exception("Data has not been preprocessed")\nException: Data has not been preprocessed',
    ),
  },
  {
    label: 'python-exception',
    accept: ['invalid-hyperparameter', 'dependency-conflict'],
    quote: "argument of type 'NoneType' is not iterable",
    case: failed(
      "  0%|          | 0/3 [00:00<?, ?it/s]Traceback (most recent call last):\n  File \"/opt/ml/code/run.py\", line 5, in <module>\n    if 'x' in cfg:\nTypeError: argument of type 'NoneType' is not iterable\n  0%|          | 0/3 [00:01<?, ?it/s]",
    ),
  },
  {
    label: 'python-exception',
    quote: "name 'Trainer' is not defined",
    case: {
      status: 'Failed',
      failure_reason:
        'AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage ":NameError: name \'Trainer\' is not defined\n :NameError: name \'Trainer\' is not defined"\nCommand "mpirun --host algo-1 -np 8", exit code: 1',
      log: "[1,mpirank:5,algo-1]<stderr>:NameError: name 'Trainer' is not defined\n[1,mpirank:2,algo-1]<stderr>:NameError: name 'Trainer' is not defined\nMPI_ABORT was invoked on rank 5 in communicator MPI_COMM_WORLD",
    },
  },
  {
    label: 'module-not-found',
    quote: 'No module named sklearn',
    case: reason(
      'AlgorithmError: uncaught exception during training: No module named sklearn\nTraceback (most recent call last):\n  File "/usr/local/lib/python2.7/dist-packages/container_support/training.py", line 36, in start\n    fw.train()\nImportError: No module named sklearn',
    ),
  },
  {
    label: 'module-not-found',
    quote: "No module named 'transformers'",
    case: {
      status: 'Failed',
      failure_reason:
        'AlgorithmError: ExecuteUserScriptError: ExitCode 1 ErrorMessage "ModuleNotFoundError: No module named \'transformers\'" Command "/opt/conda/bin/python3.8 train.py"',
      log: null,
    },
  },
  {
    label: 'import-error',
    accept: ['dependency-conflict'],
    quote: "cannot import name 'url_quote' from 'werkzeug.urls'",
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 3, in <module>\n    from flask import Flask\n  File "/usr/local/lib/python3.9/site-packages/flask/app.py", line 28, in <module>\n    from werkzeug.urls import url_quote\nImportError: cannot import name \'url_quote\' from \'werkzeug.urls\' (/usr/local/lib/python3.9/site-packages/werkzeug/urls.py)',
    ),
  },
  {
    label: 'argparse-error',
    quote: "argument --use-cuda: invalid bool value: 'maybe'",
    case: {
      status: 'Failed',
      failure_reason:
        'AlgorithmError: ExecuteUserScriptError:\nCommand "/usr/bin/python -m train --use-cuda maybe"\nusage: train.py [-h] [--use-cuda USE_CUDA]\ntrain.py: error: argument --use-cuda: invalid bool value: \'maybe\', exit code: 2',
    },
  },
  {
    label: 'file-not-found',
    accept: ['channel-env-missing', 'input-channel-misconfig'],
    quote: "No such file or directory: '/opt/ml/input/data/training'",
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/program/train", line 40, in train\n    for f in os.listdir(training_path):\nFileNotFoundError: [Errno 2] No such file or directory: \'/opt/ml/input/data/training\'',
    ),
  },
  {
    label: 'file-not-found',
    accept: ['input-data-format', 'python-exception'],
    quote: "IsADirectoryError: [Errno 21] Is a directory: '/opt/ml/input/data/train'",
    case: failed("IsADirectoryError: [Errno 21] Is a directory: '/opt/ml/input/data/train'"),
  },
  {
    label: 'input-data-format',
    quote: 'Invalid data format',
    accept: ['unknown', 'input-channel-misconfig'],
    case: reason(
      'ClientError: Invalid data format: expected 5 columns but found 4 in line 17 of train.csv, exit code: 2',
    ),
  },
  {
    label: 'input-data-format',
    quote: 'label contains negative values',
    accept: ['python-exception'],
    case: reason(
      "ClientError: Unable to read data channel 'train'. The label contains negative values. (caused by MXNetError)\n\nCaused by: [10:00:00] iterator.cpp:1: (Input Error) label contains negative values",
    ),
  },
  {
    label: 'input-data-format',
    accept: ['shape-mismatch'],
    quote: 'Unable to parse the CSV row',
    case: reason('ClientError: Unable to parse the CSV row 12 of the train channel: 3 fields expected, exit code: 2'),
  },
  {
    label: 'invalid-hyperparameter',
    quote: "'mini_batch_size': 0 is less than the minimum of 1",
    case: reason(
      "ClientError: Unable to initialize the algorithm. Failed to validate model hyperparameters. (caused by ValidationError)\n\nCaused by: 'mini_batch_size': 0 is less than the minimum of 1",
    ),
  },
  {
    label: 'invalid-hyperparameter',
    quote: 'num_classes must be set',
    case: reason('ClientError: Hyperparameter num_classes must be set when predictor_type is multiclass_classifier'),
  },
  {
    label: 'shape-mismatch',
    quote: 'Dimensions must be equal, but are 10 and 2',
    case: failed(
      "ValueError: Dimensions must be equal, but are 10 and 2 for 'loss/mul' (op: 'Mul') with input shapes: [?,10], [?,2].",
    ),
  },
  {
    label: 'shape-mismatch',
    quote: 'Error when checking input: expected dense_1_input to have shape (7,) but got array with shape (8,)',
    case: failed(
      'ValueError: Error when checking input: expected dense_1_input to have shape (7,) but got array with shape (8,)',
    ),
  },
  {
    label: 'shape-mismatch',
    quote: 'expected [batch,3,300,300], got [batch,1,300,300]',
    accept: ['python-exception'],
    case: failed(
      'mxnet.base.MXNetError: Error in operator conv0: Shape inconsistent, Provided = [64,3,7,7], inferred shape=(64,1,7,7); expected [batch,3,300,300], got [batch,1,300,300]',
    ),
  },
  {
    label: 'dataloader-worker-killed',
    accept: ['host-oom'],
    quote: 'exited unexpectedly',
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/conda/lib/python3.9/site-packages/torch/utils/data/dataloader.py", line 1120, in _try_get_data\n    data = self._data_queue.get(timeout=timeout)\nqueue.Empty\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 31, in <module>\n    for b in loader:\n  File "/opt/conda/lib/python3.9/site-packages/torch/utils/data/dataloader.py", line 1133, in _try_get_data\n    raise RuntimeError(...) from e\nRuntimeError: DataLoader worker (pid(s) 131) exited unexpectedly',
      'RuntimeError: DataLoader worker (pid(s) 131) exited unexpectedly',
    ),
  },
  {
    label: 'checkpoint-resume-error',
    quote: 'Assign requires shapes of both tensors to match',
    accept: ['shape-mismatch'],
    case: failed(
      'INFO:tensorflow:Restoring parameters from /opt/ml/checkpoints/model.ckpt-500\ntensorflow.python.framework.errors_impl.InvalidArgumentError: Restoring from checkpoint failed. This is most likely due to a mismatch between the current graph and the graph from the checkpoint. Original error:\n\nAssign requires shapes of both tensors to match. lhs shape= [10] rhs shape= [12]',
    ),
  },
  {
    label: 'model-download-failure',
    quote: 'Repository Not Found for url',
    case: failed(
      'huggingface_hub.utils._errors.RepositoryNotFoundError: 401 Client Error. (Request ID: Root=1-6)\n\nRepository Not Found for url: https://huggingface.co/api/models/acme/missing.\nPlease make sure you specified the correct `repo_id`.',
    ),
  },
  {
    label: 'pip-install-failure',
    quote: 'Could not find a version that satisfies the requirement tensorflow-gpu==9.1',
    case: reason(
      'AlgorithmError: InstallModuleError:\nCommand "/usr/bin/python -m pip install -U . -r requirements.txt"\nERROR: Could not find a version that satisfies the requirement tensorflow-gpu==9.1 (from -r requirements.txt (line 1)) (from versions: 1.0, 1.1)\nERROR: No matching distribution found for tensorflow-gpu==9.1, exit code: 1',
    ),
  },
  {
    label: 'pip-install-failure',
    quote: "Command 'x86_64-linux-gnu-gcc' failed with exit status 1".toLowerCase(),
    case: failed(
      "  building 'fasttext_pybind' extension\n  unable to execute 'x86_64-linux-gnu-gcc': No such file or directory\n  error: command 'x86_64-linux-gnu-gcc' failed with exit status 1\nERROR: Failed building wheel for fasttext\nsagemaker-containers ERROR    InstallModuleError:\nCommand \"/usr/bin/python3 -m pip install . -r requirements.txt\"",
    ),
  },
  {
    label: 'distributed-launch-misconfig',
    accept: ['module-not-found', 'sdk-client-error'],
    quote: 'No GPU found',
    case: failed('RuntimeError: ProcessGroupNCCL is only supported with GPUs, no GPUs found! (No GPU found)'),
  },
  {
    label: 'nccl-error',
    quote: 'NCCL WARN Connect to 10.0.77.1<41293> failed : Connection refused',
    accept: ['network-unreachable', 'distributed-init-timeout'],
    case: failed(
      'algo-1:42:88 [0] NCCL WARN Connect to 10.0.77.1<41293> failed : Connection refused\n[algo-2:00044] *** Process received signal ***',
    ),
  },
  {
    label: 's3-access-denied',
    quote: 'S3 access denied',
    accept: ['iam-other-denied'],
    case: reason('ClientError: Data download failed:S3 access denied for s3://corp-ml/train/'),
  },
  {
    label: 's3-access-denied',
    accept: ['artifact-upload-failure'],
    quote: 'AccessDenied',
    case: {
      status: 'Failed',
      failure_reason: 'ClientError: Artifact upload failed:Unable to upload file to s3://corp-ml/out/ (AccessDenied)',
      log: 'Training finished\n2021-01-01 10:00:00,000 sagemaker-training-toolkit INFO     Reporting training SUCCESS',
    },
  },
  {
    label: 's3-not-found',
    quote: 'No such file or directory: s3://corp/x',
    accept: ['file-not-found'],
    case: failed('FileNotFoundError: No such file or directory: s3://corp/x/train.csv'),
  },
  {
    label: 'vpc-no-internet',
    accept: ['network-unreachable', 'model-download-failure'],
    quote: '[Errno 101] Network is unreachable',
    case: {
      status: 'Failed',
      request_facts: { vpc_config: 'subnet-1' },
      log: 'urllib.error.URLError: <urlopen error [Errno 101] Network is unreachable>\nDownloading https://download.pytorch.org/models/resnet18.pth',
    },
  },
  {
    label: 'image-uri-invalid',
    accept: ['image-not-found', 'validation-error'],
    quote: 'Unsupported image',
    case: refused(
      'An error occurred (ValidationException) when calling the CreateTrainingJob operation: Unsupported image scheme: docker.io/team/train. Please provide a valid Amazon Elastic Container Registry path of the Docker image to run.',
    ),
  },
  {
    label: 'validation-error',
    quote: 'is not subscribed',
    case: refused(
      'botocore.exceptions.ClientError: An error occurred (ValidationException) when calling the CreateTrainingJob operation: The account is not subscribed to this product',
    ),
  },
  {
    label: 'entrypoint-not-found',
    quote: '/opt/ml/code/start.sh: No such file or directory',
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 127',
      log: 'bash: /opt/ml/code/start.sh: No such file or directory',
    },
  },
  {
    label: 'container-start-error',
    accept: ['permission-denied', 'entrypoint-not-found'],
    quote: 'permission denied',
    case: reason(
      'AlgorithmError: CannotStartContainerError. OCI runtime create failed: exec: "train": permission denied: unknown',
    ),
  },
  {
    label: 'unknown',
    accept: ['python-exception', 'container-start-error'],
    quote: 'Exit Code: 139',
    case: reason('AlgorithmError: Exit Code: 139'),
  },
  {
    label: 'unknown',
    accept: ['internal-server-error'],
    quote: 'Training job failed',
    case: {
      status: 'Failed',
      secondary_status: 'Failed',
      failure_reason: null,
      log: '2021-01-01 10:00:00 Starting - Starting the training job\n2021-01-01 10:05:00 Failed - Training job failed',
    },
  },
  {
    label: 'stopped-by-user',
    accept: ['stopped-external'],
    quote: 'Status Stopped',
    case: { status: 'Stopped', secondary_status: 'Stopped', failure_reason: null, log: null },
  },
  {
    label: 'max-runtime-exceeded',
    quote: 'MaxRuntimeExceeded',
    case: {
      status: 'Stopped',
      secondary_status: null,
      log: '2021-01-01 10:00:00 Training - Training in progress\n2021-01-02 10:00:00 MaxRuntimeExceeded - Training job runtime exceeded MaxRuntimeInSeconds provided',
    },
  },
  {
    label: 'hang-deadlock',
    quote: 'Initializing distributed',
    case: {
      status: 'InProgress',
      secondary_status: 'Training',
      log: 'NCCL INFO Bootstrap : Using eth0\nInitializing distributed',
      request_facts: { author_notes: 'stuck here for 6 hours' },
    },
  },
  {
    label: 'kms-denied',
    accept: ['validation-error'],
    quote: 'KMS key',
    case: refused(
      'An error occurred (ValidationException) when calling the CreateTrainingJob operation: The execution role does not have permission to use the KMS key arn:aws:kms:us-east-1:111122223333:key/4',
    ),
  },
  {
    label: 'disk-full',
    quote: 'Insufficient disk space',
    case: {
      status: 'Failed',
      failure_reason: 'ClientError: Data download failed:Insufficient disk space',
      request_facts: { instance_type: 'ml.p3.2xlarge', volume_size: 30 },
    },
  },
  {
    label: 'cuda-device-assert',
    quote: 'device-side assert triggered',
    accept: ['shape-mismatch'],
    case: failed(
      '/pytorch/aten/src/THCUNN/ClassNLLCriterion.cu:108: cunn_ClassNLLCriterion_updateOutput_kernel: block: [0,0,0], thread: [2,0,0] Assertion `t >= 0 && t < n_classes` failed.\nTHCudaCheck FAIL file=/pytorch/aten/src/THC/generic/THCTensorMath.cu line=26 error=59 : device-side assert triggered\nRuntimeError: cuda runtime error (59) : device-side assert triggered at /pytorch/aten/src/THC/generic/THCTensorMath.cu:26',
    ),
  },
  {
    label: 'missing-key',
    quote: "KeyError: 'training'",
    accept: ['input-channel-misconfig', 'channel-env-missing'],
    case: failed(
      "Traceback (most recent call last):\n  File \"/opt/ml/code/train.py\", line 20, in <module>\n    path = env.channel_input_dirs['training']\nKeyError: 'training'",
    ),
  },
  {
    label: 'syntax-error',
    quote: 'SyntaxError: invalid syntax',
    case: reason(
      'AlgorithmError: ExecuteUserScriptError:\nCommand "/usr/bin/python train.py"\n  File "train.py", line 33\n    print(f"{loss:.3f}")\n                      ^\nSyntaxError: invalid syntax, exit code: 1',
    ),
  },
  {
    label: 'iam-other-denied',
    quote: 'is not authorized to perform: ec2:CreateNetworkInterface',
    case: reason(
      'ClientError: User: arn:aws:sts::111122223333:assumed-role/training/SageMaker is not authorized to perform: ec2:CreateNetworkInterface on resource: arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1',
    ),
  },
  {
    label: 'sdk-client-error',
    quote: "'NoneType' object has no attribute 'upload_data'",
    accept: ['python-exception'],
    case: refused(
      "Traceback (most recent call last):\n  File \"run.py\", line 9, in <module>\n    s.upload_data('x')\nAttributeError: 'NoneType' object has no attribute 'upload_data'",
    ),
  },
];
