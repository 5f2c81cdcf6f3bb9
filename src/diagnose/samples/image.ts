import type { FamilySamples } from './samples.ts';

export const IMAGE_SAMPLES = {
  'image-not-found': {
    samples: [
      {
        status: 'not-created',
        log: 'ValidationException: Cannot find the requested image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/forecast with tag: v9 and digest: null. Please check if your ECR image exists',
      },
      {
        status: 'Failed',
        failure_reason:
          'ClientError: API error (404): manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/forecast:v9 not found: manifest unknown',
      },
    ],
    nearMisses: ["FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/image.png'"],
  },
  'image-uri-invalid': {
    samples: [
      {
        status: 'not-created',
        log: "ValidationException: Invalid DNS suffix 'amazonaws.com' for region 'eu-west-1' in training image. Please provide the valid <region>.<dns-suffix>",
      },
      {
        status: 'not-created',
        log: 'ValidationException: Invalid training image. Please provide a valid Amazon Elastic Container Registry path of the Docker image to run.',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'ValidationException: Cannot find the requested image: 1.dkr.ecr.us-east-1.amazonaws.com/a with tag: b',
      },
    ],
  },
  'ecr-access-denied': {
    samples: [
      {
        status: 'not-created',
        log: 'ValidationException: Access denied for repository: forecast in registry ID: 444455556666. Please check if your ECR repository and image exist and role arn:aws:iam::111122223333:role/training has proper pull permissions',
      },
      {
        status: 'Failed',
        failure_reason:
          'ClientError: User: arn:aws:sts::111122223333:assumed-role/t/SageMaker is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:444455556666:repository/forecast',
      },
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'ValidationException: Cannot find the requested image: x with tag: y and digest: null. Please check if your ECR image exists and role r has proper pull permissions for SageMaker: ecr:BatchGetImage',
      },
    ],
  },
  'exec-format-error': {
    samples: [
      'exec /usr/bin/python3: exec format error',
      'standard_init_linux.go:228: exec user process caused: exec format error',
      "WARNING: The requested image's platform (linux/arm64/v8) does not match the detected host platform (linux/amd64/v3)\nError: image platform (linux/arm64) does not match host",
    ],
    nearMisses: ['/bin/sh: 1: exec: train: not found'],
  },
} satisfies FamilySamples;
