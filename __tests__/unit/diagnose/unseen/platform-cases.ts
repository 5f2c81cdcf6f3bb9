import { failed, reason, type UnseenCase, underToolkit } from './case.ts';

/** Resources, data access, container start. */
export const PLATFORM_CASES: readonly UnseenCase[] = [
  {
    label: 'gpu-oom',
    quote: 'CUDA out of memory. Tried to allocate 256.00 MiB',
    case: underToolkit(
      '[rank2]: Traceback (most recent call last):\n[rank2]:   File "/opt/ml/code/sft.py", line 81, in <module>\n[rank2]:     trainer.train()\n[rank2]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 256.00 MiB. GPU 2 has a total capacity of 21.99 GiB of which 190.12 MiB is free. Including non-PyTorch memory, this process has 21.79 GiB memory in use.\n[rank0]:[E ProcessGroupNCCL.cpp:1182] [Rank 0] NCCL watchdog thread terminated with exception: NCCL error: remote process exited or there was a network error',
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 256.00 MiB.',
    ),
  },
  {
    label: 'gpu-oom',
    quote: 'OOM when allocating tensor with shape[32,1024,1024]',
    case: failed(
      '2025-01-01 10:00:00.000000: W tensorflow/core/framework/op_kernel.cc:1830] OP_REQUIRES failed at cwise_ops.cc:1 : RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[32,1024,1024]\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 12, in <module>\n    model.fit(ds)\ntensorflow.python.framework.errors_impl.ResourceExhaustedError: Graph execution error:\n\nDetected at node \'gradient_tape/model/add\' defined at (most recent call last):\nOOM when allocating tensor with shape[32,1024,1024] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
    ),
  },
  {
    label: 'gpu-oom',
    quote: 'CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`',
    case: failed('RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`'),
  },
  {
    label: 'host-oom',
    quote: 'exit code: 137',
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 137',
      log: 'building index over 41M rows',
      metrics: {
        MemoryUtilization: [
          [1, 40],
          [61, 83],
          [121, 99.2],
        ],
      },
    },
  },
  {
    label: 'host-oom',
    quote: 'Unable to allocate 18.6 GiB for an array with shape (50000, 50000)',
    case: failed(
      'numpy.core._exceptions._ArrayMemoryError: Unable to allocate 18.6 GiB for an array with shape (50000, 50000) and data type float64',
    ),
  },
  {
    label: 'host-oom',
    quote: 'died with <Signals.SIGKILL: 9>',
    case: failed(
      "Traceback (most recent call last):\n  File \"/opt/ml/code/launch.py\", line 20, in <module>\n    subprocess.run(cmd, check=True)\nsubprocess.CalledProcessError: Command '['deepspeed', 'train.py']' died with <Signals.SIGKILL: 9>.",
    ),
  },
  {
    label: 'host-oom',
    accept: ['unknown'],
    quote: 'A process in the process pool was terminated abruptly',
    case: failed(
      'concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.',
    ),
  },
  {
    label: 'disk-full',
    quote: 'No space left on device',
    case: underToolkit(
      'Saving model checkpoint to /opt/ml/model/checkpoint-2000\nTraceback (most recent call last):\n  File "/opt/conda/lib/python3.10/site-packages/torch/serialization.py", line 441, in save\n    _save(obj, opened_zipfile)\nOSError: [Errno 28] No space left on device\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 99, in <module>\n    trainer.train()\nRuntimeError: [enforce fail at inline_container.cc:424] . unexpected pos 2147 vs 2041',
      'OSError: [Errno 28] No space left on device',
    ),
  },
  {
    label: 'disk-full',
    quote: 'Not enough disk space. Needed: 61.5 GiB',
    case: failed(
      'OSError: Not enough disk space. Needed: 61.5 GiB (download: 21.3 GiB, generated: 40.2 GiB, post-processed: Unknown size)',
    ),
  },
  {
    label: 'cuda-mismatch',
    quote: 'no kernel image is available for execution on the device',
    case: underToolkit(
      '/opt/conda/lib/python3.8/site-packages/torch/cuda/__init__.py:104: UserWarning:\nNVIDIA H100 80GB HBM3 with CUDA capability sm_90 is not compatible with the current PyTorch installation.\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 8, in <module>\n    model.cuda()(x)\nRuntimeError: CUDA error: no kernel image is available for execution on the device',
      'RuntimeError: CUDA error: no kernel image is available for execution on the device',
    ),
  },
  {
    label: 'cuda-mismatch',
    quote: 'Found no NVIDIA driver on your system',
    case: failed(
      'RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver from http://www.nvidia.com/Download/index.aspx',
    ),
  },
  {
    label: 'cuda-mismatch',
    accept: ['container-start-error'],
    quote: 'unsatisfied condition: cuda>=12.4',
    case: reason(
      'AlgorithmError: CannotStartContainerError. OCI runtime create failed: nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.4, please update your driver',
    ),
  },
  {
    label: 'nccl-error',
    quote: 'ncclSystemError: System call (e.g. socket, malloc) or external library call failed or device error',
    case: failed(
      'torch.distributed.DistBackendError: NCCL error in: /opt/pytorch/torch/csrc/distributed/c10d/ProcessGroupNCCL.cpp:2006, unhandled system error (run with NCCL_DEBUG=INFO for details), NCCL version 2.21.5\nncclSystemError: System call (e.g. socket, malloc) or external library call failed or device error.',
    ),
  },
  {
    label: 'nccl-error',
    accept: ['hang-deadlock'],
    quote: 'Watchdog caught collective operation timeout',
    case: failed(
      "step 4100 loss 2.1\n[E ProcessGroupNCCL.cpp:475] [Rank 6] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=90211, OpType=ALLREDUCE, NumelIn=1, NumelOut=1, Timeout(ms)=1800000) ran for 1800482 milliseconds before timing out.\nterminate called after throwing an instance of 'std::runtime_error'",
    ),
  },
  {
    label: 'distributed-init-timeout',
    quote: 'The client socket has timed out after 1800s while trying to connect to (algo-1, 7777)',
    case: failed(
      '[W socket.cpp:601] [c10d] The client socket has failed to connect to [algo-1]:7777 (errno: 110 - Connection timed out).\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 15, in <module>\n    dist.init_process_group("nccl")\nTimeoutError: The client socket has timed out after 1800s while trying to connect to (algo-1, 7777).',
    ),
  },
  {
    label: 'gpu-hardware',
    quote: 'uncorrectable ECC error encountered',
    case: failed(
      '[rank3]: RuntimeError: CUDA error: uncorrectable ECC error encountered\n[rank3]: CUDA kernel errors might be asynchronously reported at some other API call\n[rank0]:[E ProcessGroupNCCL.cpp:607] [Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=12)',
    ),
  },
  {
    label: 'gpu-hardware',
    quote: 'Unable to determine the device handle for GPU 0000:10:1C.0: Unknown Error',
    case: failed('Unable to determine the device handle for GPU 0000:10:1C.0: Unknown Error'),
  },
  {
    label: 's3-access-denied',
    quote: 'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    case: failed(
      'boto3.exceptions.S3UploadFailedError: Failed to upload /tmp/m.bin to corp/m.bin: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    ),
  },
  {
    label: 's3-access-denied',
    quote: 'Forbidden',
    case: failed(
      'botocore.exceptions.ClientError: An error occurred (403) when calling the HeadObject operation: Forbidden',
    ),
  },
  {
    label: 's3-access-denied',
    quote: 'is not authorized to perform: s3:GetObject',
    case: reason(
      'ClientError: Data download failed:AccessDenied (403): User: arn:aws:sts::111122223333:assumed-role/training/SageMaker is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::corp-data/train/a.csv" because no identity-based policy allows the s3:GetObject action',
    ),
  },
  {
    label: 's3-not-found',
    quote: 'The specified key does not exist',
    case: failed(
      'botocore.errorfactory.NoSuchKey: An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.',
    ),
  },
  {
    label: 's3-not-found',
    quote: 'Not Found',
    case: failed(
      'fatal error: An error occurred (404) when calling the HeadObject operation: Key "train/labels.csv" does not exist (Not Found)',
    ),
  },
  {
    label: 's3-wrong-region',
    quote: 'The bucket is in this region: eu-central-1',
    case: {
      status: 'not-created',
      log: 'botocore.exceptions.ClientError: An error occurred (ValidationException) when calling the CreateTrainingJob operation: No S3 objects found under S3 URL "s3://corp-eu/train" given in input data source. Please ensure that the bucket exists in the selected region (us-east-1). Error message from S3: The bucket is in this region: eu-central-1. Please use this region to retry the request',
    },
  },
  {
    label: 's3-wrong-region',
    quote: 'PermanentRedirect',
    case: failed(
      'botocore.exceptions.ClientError: An error occurred (PermanentRedirect) when calling the ListObjectsV2 operation: The bucket you are attempting to access must be addressed using the specified endpoint.',
    ),
  },
  {
    label: 'wrong-region',
    accept: ['kms-denied'],
    quote: 'is not in the same region',
    case: {
      status: 'not-created',
      log: 'An error occurred (ValidationException) when calling the CreateTrainingJob operation: The KMS key arn:aws:kms:us-west-2:111122223333:key/77 is not in the same region as the training job.',
    },
  },
  {
    label: 's3-uri-invalid',
    quote: "Value 's3:/corp/train' at 'inputDataConfig.1.member.dataSource.s3DataSource.s3Uri'",
    case: {
      status: 'not-created',
      log: "An error occurred (ValidationException) when calling the CreateTrainingJob operation: 1 validation error detected: Value 's3:/corp/train' at 'inputDataConfig.1.member.dataSource.s3DataSource.s3Uri' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(https|s3)://([^/]+)/?(.*)$",
    },
  },
  {
    label: 'kms-denied',
    quote: 'is not authorized to perform: kms:Decrypt',
    case: reason(
      'ClientError: Data download failed:AccessDenied (403): User: arn:aws:sts::111122223333:assumed-role/training/SageMaker is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/9 because no resource-based policy allows the kms:Decrypt action',
    ),
  },
  {
    label: 'kms-denied',
    quote: 'The ciphertext refers to a customer master key that does not exist',
    case: failed(
      'botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the Decrypt operation: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    ),
  },
  {
    label: 'fs-mount-failure',
    quote: 'Unable to mount file system: fs-0123456789abcdef0',
    case: reason(
      'ClientError: Unable to mount file system: fs-0123456789abcdef0, directory path: /fsx/data. No such file or directory. Please ensure that the directory path is valid.',
    ),
  },
  {
    label: 'pipe-mode-timeout',
    quote: 'pipe channel timed out',
    case: reason('ClientError: SageMaker pipe channel timed out. The pipe /opt/ml/input/data/train_0 was not opened.'),
  },
  {
    label: 'vpc-no-s3-route',
    quote: 'Connect timeout on endpoint URL: "https://s3.us-east-1.amazonaws.com/corp/train',
    case: {
      status: 'Failed',
      log: 'botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://s3.us-east-1.amazonaws.com/corp/train/a.csv"',
      request_facts: { subnets: 'subnet-1, subnet-2' },
    },
  },
  {
    label: 'vpc-no-internet',
    accept: ['pip-install-failure', 'network-unreachable'],
    quote: 'Failed to establish a new connection: [Errno 110] Connection timed out',
    case: failed(
      "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno 110] Connection timed out')': /simple/wandb/\nERROR: Could not find a version that satisfies the requirement wandb (from versions: none)\nERROR: No matching distribution found for wandb",
    ),
  },
  {
    label: 'vpc-no-internet',
    accept: ['model-download-failure', 'network-unreachable'],
    quote: 'Max retries exceeded with url: /bert-base-uncased',
    case: {
      status: 'Failed',
      request_facts: { vpc: 'private subnets without NAT' },
      log: "requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /bert-base-uncased/resolve/main/config.json (Caused by ConnectTimeoutError(<urllib3.connection.HTTPSConnection object>, 'Connection to huggingface.co timed out. (connect timeout=10)'))",
    },
  },
  {
    label: 'network-unreachable',
    quote: "Can't connect to MySQL server on 'db.internal.example'",
    case: failed(
      "pymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'db.internal.example' (timed out)\")",
    ),
  },
  {
    label: 'network-unreachable',
    quote: 'Temporary failure in name resolution',
    case: failed(
      "urllib3.exceptions.MaxRetryError: HTTPConnectionPool(host='tracking.corp.example', port=80): Max retries exceeded with url: /api (Caused by NameResolutionError(\"Failed to resolve 'tracking.corp.example' ([Errno -3] Temporary failure in name resolution)\"))",
    ),
  },
  {
    label: 'network-isolation',
    quote: 'Could not connect to the endpoint URL',
    case: {
      status: 'Failed',
      request_facts: { network_isolation: true },
      log: 'botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "https://corp.s3.amazonaws.com/extra.csv"',
    },
  },
  {
    label: 'artifact-upload-failure',
    quote: 'Artifact upload failed:Error 5: Received a HTTP 503',
    case: reason('ClientError: Artifact upload failed:Error 5: Received a HTTP 503 response: Service Unavailable'),
  },
  {
    label: 'checkpoint-sync-failure',
    accept: ['s3-access-denied'],
    quote: 'upload checkpoints',
    case: reason('ClientError: Unable to upload checkpoints to s3://corp/ck/: request timed out'),
  },
  {
    label: 'no-credentials',
    quote: 'Unable to locate credentials',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 4, in <module>\n    s3.download_file("b", "k", "f")\nbotocore.exceptions.NoCredentialsError: Unable to locate credentials',
    ),
  },
  {
    label: 'image-not-found',
    quote: 'manifest unknown',
    case: reason(
      'ClientError: API error (404): manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/train:main not found: manifest unknown: Requested image not found',
    ),
  },
  {
    label: 'image-not-found',
    accept: ['ecr-access-denied'],
    quote: 'Cannot pull algorithm container',
    case: reason(
      'ClientError: Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect.',
    ),
  },
  {
    label: 'image-uri-invalid',
    quote: 'TrainingImageConfig with TrainingRepositoryAccessMode set to VPC must be provided',
    case: {
      status: 'not-created',
      log: 'ValidationException: TrainingImageConfig with TrainingRepositoryAccessMode set to VPC must be provided when using a training image from a private Docker registry.',
    },
  },
  {
    label: 'ecr-access-denied',
    quote: 'Access denied for repository: team/train',
    case: {
      status: 'not-created',
      log: 'An error occurred (ValidationException) when calling the CreateTrainingJob operation: Access denied for repository: team/train in registry ID: 999988887777. Please check if your ECR repository and image exist and role arn:aws:iam::111122223333:role/t has proper pull permissions for SageMaker: ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer',
    },
  },
  {
    label: 'exec-format-error',
    quote: 'exec format error',
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 1',
      log: 'exec /opt/conda/bin/python: exec format error',
    },
  },
  {
    label: 'container-start-error',
    quote: 'ContainerStartupError',
    case: reason('AlgorithmError: ContainerStartupError: the container exited before it was ready, exit code: 1'),
  },
  {
    label: 'container-start-error',
    accept: ['entrypoint-not-found', 'syntax-error'],
    quote: 'bad interpreter',
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 126',
      log: '/opt/ml/code/train.sh: /bin/bash^M: bad interpreter: No such file or directory',
    },
  },
  {
    label: 'entrypoint-not-found',
    quote: 'exec: "train": executable file not found in $PATH',
    case: reason(
      'AlgorithmError: CannotStartContainerError. docker: Error response from daemon: failed to create task for container: OCI runtime create failed: runc create failed: unable to start container process: exec: "train": executable file not found in $PATH: unknown., exit code: 127',
    ),
  },
  {
    label: 'entrypoint-not-found',
    accept: ['file-not-found'],
    quote: "can't open file '/opt/ml/code/main.py'",
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 2',
      log: "python3: can't open file '/opt/ml/code/main.py': [Errno 2] No such file or directory",
    },
  },
  {
    label: 'missing-training-toolkit',
    quote: "No module named 'sagemaker_pytorch_container'",
    case: failed(
      'Traceback (most recent call last):\n  File "/usr/local/bin/train", line 5, in <module>\n    from sagemaker_training.cli.train import main\nModuleNotFoundError: No module named \'sagemaker_pytorch_container\'',
    ),
  },
];
