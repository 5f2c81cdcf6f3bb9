/** Resources: memory of the GPU and of the host. */
import type { Circumstances } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { lowerMemory } from '../remedies/hyperparameters.ts';
import { withMoreGpuMemory, withMoreMemory } from '../remedies/right-size.ts';
import { type Rule, says } from '../rule.ts';

const KILLED = new Set([137, -9, 9]);

/** SIGKILL without an exception of the program: the kernel's doing; metrics can confirm it, never rule it out. */
function killedSilently({ exit, exceptions, evidence }: Circumstances, memoryFull: boolean): Proof | undefined {
  if (!exit || !KILLED.has(exit.code)) return undefined;
  if (exceptions.some(({ standing, type }) => standing === 'raised' && type !== '')) return undefined;
  return memoryFull === isMemoryFull(evidence.metrics) ? exit.proof : undefined;
}

function isMemoryFull(metrics: Circumstances['evidence']['metrics']): boolean {
  return metrics.some(
    ({ name, points }) =>
      /(?<!GPU)Memory(?:Utilization)?/i.test(name) && points.slice(-5).some(([, value]) => value >= 90),
  );
}

/** Without an error: a program that waits for a full disk stands still. */
function diskStaysFull({ evidence: { metrics }, exceptions }: Circumstances): Proof | undefined {
  if (exceptions.some(({ standing }) => standing === 'raised')) return undefined;
  const full = metrics.find(
    ({ name, points }) => /Disk(?:Utilization)?/i.test(name) && (points.at(-1)?.[1] ?? 0) >= 98,
  );
  return full && { source: 'metrics', quote: `${full.name}: last ${full.points.at(-1)?.[1]}` };
}

export const MEMORY_RULES: readonly Rule[] = [
  {
    label: 'gpu-oom',
    title: 'The memory of the GPU ran out',
    retryable: false,
    signs: [
      says(0.97, /CUDA out of memory|torch(?:\.cuda)?\.OutOfMemoryError|HIP out of memory|CUDA error: out of memory/),
      says(
        0.95,
        /CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation|cuda runtime error \(2\)|cudaMalloc (?:retry )?failed: out of memory/,
      ),
      says(0.96, /OP_REQUIRES failed .*OOM when allocating tensor/, {
        evenInWarnings: true,
        unless: /device:CPU|allocator cpu/,
      }),
      says(0.95, /OOM when allocating tensor|ResourceExhaustedError|RESOURCE_EXHAUSTED: Out of memory/, {
        unless: /disk|quota|grpc|device:CPU|allocator cpu|No space left/i,
      }),
      says(
        0.94,
        /(?:cuda|cupy|gpu|jax|xla|hip|rmm)[\w.]*\.(?:OutOfMemoryError|memory_error)|^torch\.\S*OutOfMemoryError|OutOfMemoryError: (?:Allocation on device|(?:CUDA|GPU|XPU|MPS|HIP)\b)|MPS backend out of memory|XPU out of memory/i,
        { in: ['exception'] },
      ),
      says(
        0.9,
        /No available memory for the cache blocks|enough GPU (?:RAM|memory)|(?:not enough|insufficient|exceeds? (?:the )?(?:available )?) ?(?:free )?GPU memory|less than (?:the )?desired GPU memory|out of (?:GPU|device|HBM) memory|(?:GPU|device|HBM) (?:is )?out of memory|failed to allocate .{0,60}(?:on|from) (?:the )?(?:device|GPU)/i,
        { unless: /will be|offload|this is not/i },
      ),
      says(
        0.93,
        /rmm::out_of_memory|bad_alloc: cuda|bad_alloc: out_of_memory: CUDA|MemoryError: std::bad_alloc: .*CUDA/i,
      ),
      says(
        0.86,
        /CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED|cuDNN error: CUDNN_STATUS_INTERNAL_ERROR.*memory/,
      ),
      says(0.93, /Out of Memory\. Please use a larger instance and\/or reduce the values of other parameters/, {
        unless: /upload failed/,
      }),
      says(0.8, /ran out of memory trying to allocate/, { unless: /not a failure/ }),
    ],
    remedy: ({ request }) => [
      lowerMemory(request),
      'Train in mixed precision (bf16 or fp16), turn on gradient checkpointing, or load the model in 8 or 4 bit.',
      ...withMoreGpuMemory(request.instanceType),
    ],
  },
  {
    label: 'host-oom',
    title: 'The memory of the host ran out',
    retryable: false,
    signs: [
      says(0.96, /OutOfMemory: Process killed by SIGKILL/),
      says(0.96, /Please use an instance type with more memory|upload failed:\s*ClientError: Out of Memory/),
      says(
        0.94,
        /^(?:numpy\S*\.)?_?(?:Array)?MemoryError\b|Unable to allocate [\d.]+ [KMGT]iB for an array|DefaultCPUAllocator: (?:can't allocate|not enough) memory/,
        { unless: /CUDA/i },
      ),
      says(
        0.92,
        /Cannot allocate memory|java\.lang\.OutOfMemoryError|Out of memory: Kill(?:ed)? process|oom-kill|OOMKilled|oom_reaper|ran out of memory.*(?:host|node)|OOM killer/i,
        { unless: /GPU|CUDA/ },
      ),
      says(0.94, /exceeded \d+% memory budget|KilledWorker/, { evenInWarnings: true }),
      says(0.92, /OutOfMemoryError: Task was killed due to the node running low on memory|memory monitor.*killed/i, {
        unless: /CUDA/,
      }),
      says(
        0.9,
        /std::bad_alloc|memory allocation of \d+ bytes failed|malloc of size \d+ failed|realloc of size \d+ failed/,
        {
          unless: /cuda/i,
        },
      ),
      says(0.88, /(?:ArrowMemoryError|OutOfMemoryException|OutOfMemoryError|MemoryError)\b|Out of Memory Error: /, {
        in: ['exception'],
        unless: /CUDA|GPU|HIP|MPS|XPU|torch|cupy|rmm|device/i,
      }),
      says(
        0.9,
        /died with <Signals\.SIGKILL|Signal 9 \(SIGKILL\)|exited on signal 9|exitcode\s*:\s*-9\b|Return Code: -9\b|signal: ?killed|(?:exit code|exit status|return code)[:= ]+(?:137|-9)\b/i,
        { unless: /DataLoader/ },
      ),
      says(0.86, /^(?:\S+: line \d+:\s+\d+ )?Killed\b(?!.*spot)/, { in: ['line'] }),
      says(
        0.82,
        /terminated abruptly while the future was running|TerminatedWorkerError|A worker process managed by the executor was unexpectedly terminated/,
      ),
      says(0.88, /OOM when allocating tensor.*(?:device:CPU|allocator cpu)/s),
      { holds: (circumstances) => killedSilently(circumstances, true), strength: 0.95 },
      { holds: (circumstances) => killedSilently(circumstances, false), strength: 0.87 },
    ],
    remedy: ({ request }) => [
      ...withMoreMemory(request.instanceType),
      'Load the data in pieces (memory mapping, streaming, FastFile mode) and use fewer or leaner data-loading workers.',
      lowerMemory(request),
    ],
  },
  {
    label: 'disk-full',
    title: 'No space is left on the volume',
    retryable: false,
    signs: [
      { holds: diskStaysFull, strength: 0.82 },
      says(0.97, /insufficient disk space/i),
      says(
        0.95,
        /No space left on device|errno ?= ?28\b|\[Errno 28\]|ENOSPC|Disk quota exceeded|Not enough (?:free )?disk space|not enough space on (?:the )?(?:disk|device)/i,
        { unless: /\/dev\/shm|shared memory|<\/torch_/ },
      ),
      says(
        0.8,
        /PytorchStreamWriter failed writing file|inline_container\.cc:\d+\] \. unexpected pos|basic_ios::clear: iostream error/,
      ),
    ],
    remedy: ({ request }) => [
      `volume-size: raise it${request.volumeSizeGb ? ` (now ${request.volumeSizeGb} GB)` : ' (the default is 30 GB)'}; types with NVMe storage (such as g5 and p4d) have a fixed size instead: take a larger one.`,
      'Keep fewer checkpoints (save_total_limit), and put caches (HF_HOME, TMPDIR) below /opt/ml, which is on the volume.',
    ],
  },
];
