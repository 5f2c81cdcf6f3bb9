import type { FamilySamples } from './samples.ts';

export const CONTAINER_SAMPLES = {
  'missing-training-toolkit': {
    samples: [
      "ModuleNotFoundError: No module named 'sagemaker_training'",
      "uncaught exception during training: No module named 'tf_container'",
    ],
    nearMisses: ["ModuleNotFoundError: No module named 'sagemaker'", "ModuleNotFoundError: No module named 'pandas'"],
  },
  'entrypoint-not-found': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Artifact upload failed:API error (400): OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "train": executable file not found in $PATH: unknown',
      },
      "python: can't open file '/opt/ml/code/trian.py': [Errno 2] No such file or directory",
      {
        status: 'Failed',
        failure_reason: 'AlgorithmError: , exit code: 127',
        log: '/bin/bash: line 1: start.sh: command not found',
      },
      '/opt/conda/bin/python3.10: No module named main_train',
    ],
    nearMisses: [
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/a.csv'",
      '/opt/conda/bin/python3.8: No module named mpi4py',
    ],
  },
  'container-start-error': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          "AlgorithmError: CannotStartContainerError. Please make sure the container can be run with 'docker run  train'.",
      },
      "/opt/ml/code/run.sh: line 2: $'\\r': command not found",
      '/bin/bash^M: bad interpreter: No such file or directory',
    ],
    nearMisses: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: API error (400): OCI runtime create failed: exec: "train": executable file not found in $PATH',
      },
    ],
  },
} satisfies FamilySamples;
