import type { FamilySamples } from './samples.ts';

export const VOLUME_SAMPLES = {
  'kms-denied': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Artifact upload failed:Error 7: AccessDenied (403): User: arn:aws:sts::111122223333:assumed-role/training/SageMaker is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:111122223333:key/1-2 because no identity-based policy allows the kms:GenerateDataKey action',
      },
      {
        status: 'not-created',
        log: 'ValidationException: KMS key arn:aws:kms:us-east-1:111122223333:key/abc is disabled.',
      },
    ],
    nearMisses: [
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    ],
  },
  'fs-mount-failure': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Unable to mount file system: fs-0a1b2c3d4e5f67890, directory path: /datasets. File system connection timed out. Please ensure that mount target IP address of file system is reachable',
      },
      'mount.nfs4: Connection timed out',
    ],
    nearMisses: [
      {
        status: 'not-created',
        log: 'FSx for Lustre is currently not supported in the region eu-south-2 for SageMaker',
      },
    ],
  },
  'pipe-mode-timeout': {
    samples: [{ status: 'Failed', failure_reason: 'Platform Error: SageMaker pipe channel timed out.' }],
    nearMisses: ['BrokenPipeError: [Errno 32] Broken pipe'],
  },
  'artifact-upload-failure': {
    samples: [
      {
        status: 'Failed',
        failure_reason: 'ClientError: Artifact upload failed:Error 7: The credentials received have been expired',
      },
      { status: 'Failed', failure_reason: 'ClientError: Artifact upload failed:Error 5: Received a HTTP 500 response' },
    ],
    nearMisses: [{ status: 'Failed', failure_reason: 'ClientError: Artifact upload failed:Insufficient disk space' }],
  },
  'checkpoint-sync-failure': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Checkpoint upload failed:Error 7: SlowDown (503): Please reduce your request rate.',
      },
      { status: 'Failed', failure_reason: 'ClientError: Failed to sync checkpoints to s3://corp-ml/ck/' },
    ],
    nearMisses: ['RuntimeError: Error(s) in loading state_dict for Net'],
  },
} satisfies FamilySamples;
