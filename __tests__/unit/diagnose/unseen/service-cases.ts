import { failed, reason, refused, type UnseenCase } from './case.ts';

const create = 'when calling the CreateTrainingJob operation:';

/** Request, quotas, time, stops, client side. */
export const SERVICE_CASES: readonly UnseenCase[] = [
  {
    label: 'quota-exceeded',
    quote: "'ml.p4d.24xlarge for spot training job usage' is 0 Instances",
    case: refused(
      `botocore.errorfactory.ResourceLimitExceeded: An error occurred (ResourceLimitExceeded) ${create} The account-level service limit 'ml.p4d.24xlarge for spot training job usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 2 Instances. Please use AWS Service Quotas to request an increase for this quota.`,
    ),
  },
  {
    label: 'quota-exceeded',
    quote: "'Number of instances across all training jobs' is 4 Instances",
    case: refused(
      `An error occurred (ResourceLimitExceeded) ${create} The account-level service limit 'Number of instances across all training jobs' is 4 Instances, with current utilization of 4 Instances and a request delta of 1 Instances.`,
    ),
  },
  {
    label: 'capacity-error',
    quote: 'Unable to provision requested ML compute capacity',
    case: {
      status: 'Failed',
      secondary_status: 'Failed',
      failure_reason:
        'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.',
      request_facts: { instance_type: 'ml.p5.48xlarge', spot: true },
    },
  },
  {
    label: 'validation-max-wait',
    quote: 'MaxWaitTimeInSeconds above 3600 is not supported for the given algorithm',
    case: refused(
      `An error occurred (ValidationException) ${create} MaxWaitTimeInSeconds above 3600 is not supported for the given algorithm.`,
    ),
  },
  {
    label: 'validation-error',
    quote: "at 'hyperParameters' failed to satisfy constraint",
    case: refused(
      `An error occurred (ValidationException) ${create} 1 validation error detected: Value '{config={"a": 1}}' at 'hyperParameters' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 2500]`,
    ),
  },
  {
    label: 'validation-error',
    quote: "at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint",
    case: refused(
      `An error occurred (ValidationException) ${create} 1 validation error detected: Value '0' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    ),
  },
  {
    label: 'invalid-instance-type',
    quote: "Value 'ml.g5.large' at 'resourceConfig.instanceType'",
    case: refused(
      `An error occurred (ValidationException) ${create} 1 validation error detected: Value 'ml.g5.large' at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set: [ml.p2.xlarge, ml.m5.large]`,
    ),
  },
  {
    label: 'invalid-instance-type',
    accept: ['validation-error'],
    quote: 'ml.trn1.32xlarge is not supported',
    case: refused(
      `An error occurred (ValidationException) ${create} Instance type ml.trn1.32xlarge is not supported in region eu-west-3.`,
    ),
  },
  {
    label: 'duplicate-job-name',
    quote: 'Training job names must be unique',
    case: refused(
      `botocore.errorfactory.ResourceInUse: An error occurred (ResourceInUse) ${create} Training job names must be unique within an AWS account and region, and a training job with this name already exists (arn:aws:sagemaker:us-east-1:111122223333:training-job/x)`,
    ),
  },
  {
    label: 'role-not-assumable',
    quote: 'Could not assume role arn:aws:iam::111122223333:role/sm-exec',
    case: refused(
      `An error occurred (ValidationException) ${create} Could not assume role arn:aws:iam::111122223333:role/sm-exec. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    ),
  },
  {
    label: 'role-not-assumable',
    quote: 'unable to perform: sts:AssumeRole',
    case: reason(
      'ClientError: TrainingHostAgent Initialization failed:InvalidInputException: SageMaker is unable to perform: sts:AssumeRole on the role arn:aws:iam::111122223333:role/sm-exec',
    ),
  },
  {
    label: 'iam-create-training-job-denied',
    quote: 'is not authorized to perform: sagemaker:CreateTrainingJob',
    case: refused(
      `An error occurred (AccessDeniedException) ${create} User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sagemaker:CreateTrainingJob on resource: arn:aws:sagemaker:us-east-1:111122223333:training-job/x with an explicit deny in a service control policy`,
    ),
  },
  {
    label: 'iam-passrole-denied',
    quote: 'is not authorized to perform: iam:PassRole',
    case: refused(
      `An error occurred (AccessDeniedException) ${create} User: arn:aws:sts::111122223333:assumed-role/gha/GitHubActions is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/sm-exec because no identity-based policy allows the iam:PassRole action`,
    ),
  },
  {
    label: 'iam-other-denied',
    quote: 'is not authorized to perform: logs:DescribeLogStreams',
    case: failed(
      'botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the DescribeLogStreams operation: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: logs:DescribeLogStreams on resource: arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/TrainingJobs',
    ),
  },
  {
    label: 'iam-other-denied',
    quote: 'is not authorized to perform: secretsmanager:GetSecretValue',
    case: failed(
      'botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the GetSecretValue operation: User: arn:aws:sts::111122223333:assumed-role/sm-exec/SageMaker is not authorized to perform: secretsmanager:GetSecretValue on resource: db-password',
    ),
  },
  {
    label: 'throttling',
    quote: 'Rate exceeded',
    case: refused(
      'botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the CreateTrainingJob operation (reached max retries: 4): Rate exceeded',
    ),
  },
  {
    label: 'internal-server-error',
    quote: 'We encountered an internal error. Please try again.',
    case: {
      status: 'Failed',
      secondary_status: 'Failed',
      failure_reason: 'InternalServerError: We encountered an internal error. Please try again.',
      log: 'epoch 3 done\nepoch 4 done',
    },
  },
  {
    label: 'sdk-client-error',
    quote: 'Unknown parameter in ResourceConfig',
    case: refused(
      'botocore.exceptions.ParamValidationError: Parameter validation failed:\nUnknown parameter in ResourceConfig: "VolumeSizeInGb", must be one of: InstanceType, InstanceCount, VolumeSizeInGB',
    ),
  },
  {
    label: 'sdk-client-error',
    quote: 'Please upgrade or provide',
    accept: ['invalid-instance-type'],
    case: refused(
      'ValueError: Unsupported pytorch version: 1.99. You may need to upgrade your SDK version (pip install -U sagemaker) for newer pytorch versions. Please upgrade or provide one of: 1.13, 2.0',
    ),
  },
  {
    label: 'sdk-client-error',
    quote: "module 'sagemaker' has no attribute 'Session'",
    accept: ['dependency-conflict'],
    case: refused(
      "Traceback (most recent call last):\n  File \"submit.py\", line 5, in <module>\n    session = sagemaker.Session()\nAttributeError: module 'sagemaker' has no attribute 'Session'",
    ),
  },
  {
    label: 'max-runtime-exceeded',
    quote: 'MaxRuntimeExceeded',
    case: {
      status: 'Stopped',
      secondary_status: 'MaxRuntimeExceeded',
      log: 'epoch 3/100 loss 0.42\nepoch 4/100 loss 0.40',
    },
  },
  {
    label: 'max-wait-exceeded',
    quote: 'MaxWaitTimeExceeded',
    case: {
      status: 'Stopped',
      secondary_status: 'MaxWaitTimeExceeded',
      log: '2025-01-01 10:00:00 Starting - Insufficient capacity error from EC2 while launching instances, retrying!',
    },
  },
  {
    label: 'spot-interruption',
    quote: 'Interrupted',
    case: failed(
      '2025-01-01 10:00:00 Training - Training in progress.\nstep 4000\n2025-01-01 11:10:00 Interrupted - Received spot interruption\n2025-01-01 11:20:00 Failed - Training job failed',
    ),
  },
  {
    label: 'stopped-by-user',
    accept: ['stopped-external'],
    quote: 'Stopped',
    case: {
      status: 'Stopped',
      secondary_status: 'Stopped',
      log: '2025-01-01 10:00:00 Training - Training in progress.\nstep 10\n2025-01-01 10:40:00 Stopping - Stopping the training job\n2025-01-01 10:41:00 Stopped - Training job stopped',
    },
  },
  {
    label: 'stopped-by-user',
    quote: 'cancelled by the user',
    case: { status: 'Stopped', secondary_status: 'Stopped', log: 'step 99\nTraining job cancelled by the user' },
  },
  {
    label: 'stopped-external',
    accept: ['stopped-by-user'],
    quote: 'Stop',
    case: {
      status: 'Stopped',
      secondary_status: 'Stopped',
      request_facts: {
        author_notes: 'CloudTrail shows StopTrainingJob by a Lambda function that enforces tags; stopped by automation',
      },
      log: '2025-01-01 10:00:00 Starting - Preparing the instances for training\n2025-01-01 10:00:02 Stopping - Stopping the training job',
    },
  },
  {
    label: 'stopped-by-debugger-rule',
    quote: 'IssuesFound',
    case: {
      status: 'Stopped',
      secondary_status: 'Stopped',
      log: '2025-01-01 10:00:00 Training - Training in progress.\nLossNotDecreasing: IssuesFound\n2025-01-01 10:40:00 Stopping - Stopping the training job',
    },
  },
  {
    label: 'tuning-parent-failure',
    quote: 'All training jobs failed',
    case: reason(
      'ClientError: All training jobs failed. Please take a look at the training job failures to get more details.',
    ),
  },
  {
    label: 'expired-token',
    quote: 'The security token included in the request is expired',
    case: failed(
      '2025-01-01 10:00:00 Training - Training in progress.\n....\nbotocore.exceptions.ClientError: An error occurred (ExpiredTokenException) when calling the DescribeTrainingJob operation: The security token included in the request is expired',
    ),
  },
  {
    label: 'client-side-waiter',
    accept: ['unknown'],
    quote: 'Waiter TrainingJobCompletedOrStopped failed',
    case: failed(
      'botocore.exceptions.WaiterError: Waiter TrainingJobCompletedOrStopped failed: Waiter encountered a terminal failure state: For expression "TrainingJobStatus" we matched expected path: "Failed"',
    ),
  },
  { label: 'unknown', quote: 'exit code: 1', case: reason('AlgorithmError: , exit code: 1') },
  {
    label: 'unknown',
    accept: ['python-exception'],
    quote: 'ChildFailedError',
    case: failed(
      'torch.distributed.elastic.multiprocessing.errors.ChildFailedError:\n============================================================\ntrain.py FAILED\n------------------------------------------------------------\nRoot Cause (first observed failure):\n[0]:\n  rank      : 1 (local_rank: 1)\n  exitcode  : 1 (pid: 40)\n  error_file: <N/A>',
    ),
  },
  {
    label: 'unknown',
    quote: 'loading data',
    case: {
      status: 'Failed',
      secondary_status: 'Failed',
      failure_reason: 'AlgorithmError: Exit Code: 1',
      log: 'starting\nloading data',
    },
  },
  {
    label: 'unknown',
    accept: ['python-exception'],
    quote: 'File "/miniconda3/lib/python3.9/site-packages/sagemaker_containers/_trainer.py"',
    case: reason(
      'AlgorithmError: framework error: \nTraceback (most recent call last):\n  File "/miniconda3/lib/python3.9/site-packages/sagemaker_containers/_trainer.py", line 84, in train\n    entrypoint()\n  File "/miniconda3/lib/python3.9/site-packages/sagemaker_xgb',
    ),
  },
];
