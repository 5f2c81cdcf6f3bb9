import type { FamilySamples } from './samples.ts';

export const STORAGE_SAMPLES = {
  's3-access-denied': {
    samples: [
      { status: 'Failed', failure_reason: 'ClientError: Data download failed:403 Forbidden (403): Forbidden' },
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied',
      {
        status: 'not-created',
        log: 'An error occurred (ValidationException) when calling the CreateTrainingJob operation: Access denied to OutputDataConfig S3 bucket: my-results',
      },
      'PermissionError: Access Denied\nsagemaker-training-toolkit ERROR    Reporting training FAILURE',
    ],
    nearMisses: [
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: User is not authorized to perform: kms:Decrypt on the resource',
      "PermissionError: [Errno 13] Permission denied: '/opt/ml/model/out.bin'",
    ],
  },
  's3-not-found': {
    samples: [
      {
        status: 'Failed',
        failure_reason: 'ClientError: Data download failed:NoSuchKey (404): The specified key does not exist.',
      },
      {
        status: 'not-created',
        log: 'botocore.exceptions.ClientError: An error occurred (ValidationException) when calling the CreateTrainingJob operation: No S3 objects found under S3 URL "s3://corp-ml/train/2024/" given in input data source.',
      },
      'botocore.errorfactory.NoSuchBucket: An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist',
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'ValidationException: No S3 objects found under S3 URL "s3://b/x". Error message from S3: The bucket is in this region: eu-west-1. Please use this region to retry the request.',
      },
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/a.csv'",
    ],
  },
  's3-wrong-region': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          "ClientError: Artifact upload failed:Unable to upload file (BucketRegionError: incorrect region, the bucket is not in 'us-west-2' region at endpoint '')",
      },
      'botocore.exceptions.ClientError: An error occurred (PermanentRedirect) when calling the GetObject operation: The bucket you are attempting to access must be addressed using the specified endpoint.',
    ],
    nearMisses: [
      {
        status: 'Failed',
        failure_reason: 'ClientError: Data download failed:NoSuchBucket (404): The specified bucket does not exist',
      },
    ],
  },
  's3-uri-invalid': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          "ClientError: Data download failed:S3 key: s3://corp-ml//job-7/source/sourcedir.tar.gz has an illegal char sub-sequence '//' in it",
      },
      {
        status: 'not-created',
        log: "An error occurred (ValidationException) when calling the CreateTrainingJob operation: 1 validation error detected: Value 'corp-ml/train' at 'inputDataConfig.1.member.dataSource.s3DataSource.s3Uri' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(https|s3)://([^/]+)/?(.*)$",
      },
      "ValueError: Expecting 's3' scheme, got:  in data/train.csv.",
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: "ValidationException: 1 validation error detected: Value 'my_job' at 'trainingJobName' failed to satisfy constraint",
      },
    ],
  },
} satisfies FamilySamples;
