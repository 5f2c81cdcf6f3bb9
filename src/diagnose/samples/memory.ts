import type { FamilySamples } from './samples.ts';

export const MEMORY_SAMPLES = {
  'gpu-oom': {
    samples: [
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 88, in <module>\n    loss.backward()\ntorch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.50 GiB. GPU 0 has a total capacity of 14.57 GiB of which 612.75 MiB is free.',
      'tensorflow.python.framework.errors_impl.ResourceExhaustedError: Graph execution error:\n\nOOM when allocating tensor with shape[64,512,56,56] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
      'xgboost.core.XGBoostError: [10:12:13] ../src/c_api/../data/../common/device_helpers.cuh:431: Memory allocation error on worker 0: std::bad_alloc: cudaErrorMemoryAllocation: out of memory',
      'jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory allocating 4294967296 bytes.',
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Out of Memory. Please use a larger instance and/or reduce the values of other parameters (e.g. batch size) if applicable',
      },
    ],
    nearMisses: [
      'numpy.core._exceptions._ArrayMemoryError: Unable to allocate 29.8 GiB for an array with shape (200000, 20000) and data type float64',
      "W tensorflow/core/common_runtime/bfc_allocator.cc:290] Allocator (GPU_0_bfc) ran out of memory trying to allocate 2.1GiB. The caller indicates that this is not a failure.\nKeyError: 'label'",
    ],
  },
  'host-oom': {
    samples: [
      {
        status: 'Failed',
        failure_reason:
          'ClientError: Please use an instance type with more memory, or reduce the size of job data processed on an instance.',
      },
      { status: 'Failed', failure_reason: 'AlgorithmError: , exit code: 137', log: 'epoch 1\nloading shard 17 of 64' },
      'reading part-00013.parquet\nbash: line 1:    37 Killed                  python train.py\n2024-02-03 10:00:00,123 sagemaker-training-toolkit ERROR    Reporting training FAILURE',
      "RuntimeError: [enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 34359738368 bytes. Error code 12 (Cannot allocate memory)",
      'torch.distributed.elastic.multiprocessing.errors.ChildFailedError:\ntrain.py FAILED\nRoot Cause (first observed failure):\n  rank      : 3 (local_rank: 3)\n  exitcode  : -9 (pid: 71)\n  traceback : Signal 9 (SIGKILL) received by PID 71',
      {
        status: 'Failed',
        failure_reason: 'ClientError: Artifact upload failed:ClientError: Out of Memory. Please use a larger instance',
      },
    ],
    nearMisses: [
      'RuntimeError: DataLoader worker (pid 91) is killed by signal: Killed.',
      'RuntimeError: CUDA error: out of memory',
      { status: 'Failed', failure_reason: 'AlgorithmError: , exit code: 1', log: "KeyError: 'target'" },
    ],
  },
  'disk-full': {
    samples: [
      "OSError: [Errno 28] No space left on device: '/opt/ml/checkpoints/step-4000/optimizer.pt'",
      { status: 'Failed', failure_reason: 'ClientError: Data download failed:Insufficient disk space' },
      {
        status: 'InProgress',
        log: 'saving',
        metrics: {
          DiskUtilization: [
            [60, 71],
            [120, 100],
          ],
        },
      },
      'RuntimeError: [enforce fail at inline_container.cc:595] . unexpected pos 1472 vs 1366',
    ],
    nearMisses: [
      "OSError: [Errno 28] No space left on device: '/dev/shm/torch_77_12'",
      'RuntimeError: unable to write to file </torch_81_2413>: No space left on device (28)',
    ],
  },
} satisfies FamilySamples;
