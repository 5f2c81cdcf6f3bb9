import type { FamilySamples } from './samples.ts';

export const ACCELERATOR_SAMPLES = {
  'cuda-mismatch': {
    samples: [
      'RuntimeError: CUDA error: no kernel image is available for execution on the device',
      'AssertionError: Torch not compiled with CUDA enabled',
      'RuntimeError: The NVIDIA driver on your system is too old (found version 11040). Please update your GPU driver',
      'RuntimeError: No CUDA GPUs are available',
      'xgboost.core.XGBoostError: [09:00:01] /workspace/src/gbm/gbtree.cc:554: Check failed: common::AllVisibleGPUs() >= 1 (0 vs. 1) : XGBoost version not compiled with GPU support.',
    ],
    nearMisses: [
      "W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'\nKeyError: 'price'",
      'RuntimeError: CUDA error: device-side assert triggered',
    ],
  },
  'gpu-hardware': {
    samples: [
      'RuntimeError: CUDA error: uncorrectable ECC error encountered\nCUDA kernel errors might be asynchronously reported at some other API call',
      'kernel: NVRM: Xid (PCI:0000:00:1e): 79, pid=1234, GPU has fallen off the bus.',
      'RuntimeError: Unexpected error from cudaGetDeviceCount(). Error 802: system not yet initialized',
    ],
    nearMisses: ['RuntimeError: CUDA error: device-side assert triggered', 'OSError: [Errno 5] Input/output error'],
  },
  'cuda-device-assert': {
    samples: [
      '../aten/src/ATen/native/cuda/Loss.cu:250: nll_loss_forward_reduce_cuda_kernel_2d: block: [0,0,0], thread: [5,0,0] Assertion `t >= 0 && t < n_classes` failed.\nRuntimeError: CUDA error: device-side assert triggered',
      'RuntimeError: CUDA error: an illegal memory access was encountered',
    ],
    nearMisses: ['AssertionError: Torch not compiled with CUDA enabled', 'AssertionError: batch must not be empty'],
  },
  'device-mismatch': {
    samples: [
      'RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!',
      'RuntimeError: Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same',
      "TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.",
    ],
    nearMisses: [
      'RuntimeError: CUDA error: invalid device ordinal',
      'RuntimeError: Input type (double) and bias type (float) should be compatible',
    ],
  },
} satisfies FamilySamples;
