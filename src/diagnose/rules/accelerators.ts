/** Resources: GPUs, drivers, and the wires between them. */
import { type Rule, says } from '../rule.ts';

export const ACCELERATOR_RULES: readonly Rule[] = [
  {
    label: 'cuda-mismatch',
    title: 'Driver, CUDA build and GPU do not fit each other',
    retryable: false,
    signs: [
      says(
        0.95,
        /no kernel image is available for execution|cudaErrorNoKernelImageForDevice|CUDA driver version is insufficient|cudaErrorInsufficientDriver|NVIDIA driver on your system is too old|unsupported toolchain|unsatisfied condition: cuda|forward compatibility was attempted on non supported HW|unsupported display driver/i,
      ),
      says(
        0.94,
        /Torch not compiled with CUDA enabled|Not compiled with (?:GPU|CUDA) support|not compiled with (?:GPU|CUDA)|(?:was|is) (?:not )?built with(?:out)? (?:GPU|CUDA) support|GPU (?:Tree Learner|support) was not enabled/i,
      ),
      says(
        0.92,
        /Found no NVIDIA driver on your system|detected CUDA version .* mismatches|Loaded runtime CuDNN library: .* but source was compiled with|invalid device function|CUDA Setup failed despite|cuDNN version (?:mismatch|incompatib)|ptxas (?:fatal|error)|PTXASError|is not defined for option 'gpu-(?:name|architecture)'|Unsupported gpu architecture|Could not load library libcu(?:dnn|blas)\S*|CUDNN_STATUS_(?:VERSION_MISMATCH|ARCH_MISMATCH)/i,
      ),
      says(0.9, /CUDA capability sm_\d+ is not compatible|with CUDA capability .* is not compatible/, {
        evenInWarnings: true,
      }),
      says(
        0.88,
        /No CUDA GPUs are available|no CUDA-capable device is detected|cudaErrorNoDevice|FlashAttention only supports Ampere|doesn't support bf16|bf16 is not supported|Bfloat16 is only supported on GPUs with compute capability/i,
      ),
      says(0.82, /Attempting to deserialize object on a CUDA device but torch\.cuda\.is_available\(\) is False/),
      says(
        0.7,
        /libcuda\.so(?:\.1)?: cannot open shared object file|CUDNN_STATUS_NOT_INITIALIZED|CUBLAS_STATUS_(?:NOT_INITIALIZED|ARCH_MISMATCH|NOT_SUPPORTED)/,
        { in: ['exception'] },
      ),
    ],
    remedy: ({ request }) => [
      'Take a base image whose CUDA version suits the GPU and the driver of the instance (AWS Deep Learning Containers are tested per instance family).',
      `Dockerfile: install the build of the framework for that CUDA version, e.g. \`RUN pip install torch --index-url https://download.pytorch.org/whl/cu121\`${request.instanceType ? ` (instance-type is ${request.instanceType})` : ''}.`,
    ],
  },
  {
    label: 'gpu-hardware',
    title: 'A GPU of the instance is broken',
    retryable: true,
    signs: [
      says(0.97, /uncorrectable (?:NVLink |ECC )?error|uncorrectable ECC|cudaErrorECCUncorrectable|double.bit ECC/i),
      says(
        0.95,
        /NVRM: Xid|\bXid \(PCI|Xid (?:error )?\d{2,3}\b|fallen off the bus|GPU is lost|Unable to determine the device handle for GPU|row remapping (?:failure|pending)|cudaErrorHardwareStackError|GPU requires reset|NVML.*GPU is lost/i,
      ),
      says(
        0.86,
        /Error 802: system not yet initialized|nvidia-smi.*(?:failed|has failed because it couldn't communicate)|Failed to initialize NVML: (?:Driver\/library|Unknown)|hardware error.*GPU|GPU.*hardware error/i,
      ),
      says(0.6, /CUDA error: unspecified launch failure|cudaErrorLaunchFailure/),
    ],
    remedy: () => [
      'Start the job again: a retry gets another host. If it happens again in the same zone, tell AWS Support the job and the time.',
      'With checkpoints, the retry goes on where this job ended.',
    ],
  },
  {
    label: 'cuda-device-assert',
    title: 'An assertion failed inside a CUDA kernel: mostly an index (label, token id) out of range',
    retryable: false,
    signs: [
      says(0.96, /device-side assert|cudaErrorAssert|cuda runtime error \(59\)/),
      says(
        0.93,
        /(?:Indexing|Loss|NLLCriterion|ScatterGather|Embedding|ClassNLL\w*|TensorCompare|nll_loss\w*|IndexKernel)\w*\.cu:\d+.*Assertion|Assertion `[^`]*(?:srcIndex|t >= 0|n_classes|idx_dim|input_val|index >= )/,
      ),
      says(0.8, /illegal memory access was encountered|cudaErrorIllegalAddress|CUDA_ERROR_ILLEGAL_ADDRESS/),
    ],
    remedy: () => [
      'Check labels and token ids against the size of the output layer or embedding: `0 <= label < num_classes`, id below the vocabulary size (resize_token_embeddings after adding tokens).',
      'Run once on the CPU, or with the environment variable CUDA_LAUNCH_BLOCKING=1: then the traceback shows the line that did it.',
    ],
  },
  {
    label: 'device-mismatch',
    title: 'Tensors lie on different devices',
    retryable: false,
    signs: [
      says(
        0.96,
        /Expected all tensors to be on the same device|Expected object of device type|tensors? to be on the same device|indices should be either on cpu or on the same device|to have parameters and buffers on device|must have its parameters and buffers on device/,
      ),
      says(
        0.94,
        /Input type \((?:torch\.)?(?:cuda\.)?\w+\) and weight type \((?:torch\.)?(?:cuda\.)?\w+\) should be the same|Expected (?:a )?'?(?:cuda|cpu)'? .*but (?:got|found).*(?:cuda|cpu)|Input and (?:hidden|parameter) tensors are not at the same device|can't convert cuda:\d+ device type tensor to numpy/,
      ),
    ],
    remedy: () => [
      'Move model, inputs and everything made on the way to one device: x.to(next(model.parameters()).device); with several GPUs, each process uses only cuda:LOCAL_RANK.',
    ],
  },
];
