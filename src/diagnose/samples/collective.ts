import type { FamilySamples } from './samples.ts';

export const COLLECTIVE_SAMPLES = {
  'nccl-error': {
    samples: [
      '[rank3]:[E123 10:00:00.1 ProcessGroupNCCL.cpp:607] [Rank 3] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=4411, OpType=ALLREDUCE, Timeout(ms)=600000) ran for 600731 milliseconds before timing out.',
      'torch.distributed.DistBackendError: NCCL error in: ../torch/csrc/distributed/c10d/ProcessGroupNCCL.cpp:1691, internal error - please report this issue to the NCCL developers, NCCL version 2.18.1\nncclInternalError: Internal check failed.',
      'horovod.common.exceptions.HorovodInternalError: Horovod has been shut down. This was caused by an exception on one of the ranks or an attempt to allreduce',
    ],
    nearMisses: [
      '[rank0]: Traceback (most recent call last):\n[rank0]:   File "/opt/ml/code/train.py", line 9, in <module>\n[rank0]:     main()\n[rank0]: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.\n[rank1]:[E123 ProcessGroupNCCL.cpp:607] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=2)',
      'NCCL INFO Bootstrap : Using eth0:10.0.1.2<0>',
    ],
  },
  'distributed-init-timeout': {
    samples: [
      'torch.distributed.DistStoreError: Timed out after 1801 seconds waiting for clients. 3/4 clients joined.',
      'TimeoutError: The client socket has timed out after 900s while trying to connect to (algo-1, 29500).',
      'torch.distributed.elastic.rendezvous.api.RendezvousTimeoutError',
    ],
    nearMisses: [
      'RuntimeError: The server socket has failed to listen on any local network address. errno: 98 - Address already in use',
      'ValueError: Error initializing torch.distributed using env:// rendezvous: environment variable MASTER_ADDR expected, but not set',
    ],
  },
} satisfies FamilySamples;
