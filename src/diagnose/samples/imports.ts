import type { FamilySamples } from './samples.ts';

export const IMPORT_SAMPLES = {
  'module-not-found': {
    samples: [
      "ModuleNotFoundError: No module named 'lightgbm'",
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 3, in <module>\n    import dataset.loader\nImportError: No module named \'dataset\'',
    ],
    nearMisses: [
      "ModuleNotFoundError: No module named 'sagemaker_containers'",
      "ImportError: cannot import name 'Dataset' from 'data' (/opt/ml/code/data.py)",
    ],
  },
  'import-error': {
    samples: [
      'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
      "Traceback (most recent call last):\n  File \"/opt/ml/code/train.py\", line 2, in <module>\n    from model import Net\nImportError: cannot import name 'Net' from 'model' (/opt/ml/code/model.py)",
      'ImportError: /opt/conda/lib/python3.10/site-packages/flash_attn_2_cuda.cpython-310.so: undefined symbol: _ZN3c104cuda9SetDeviceEi',
    ],
    nearMisses: [
      "W dso_loader.cc:64] Could not load dynamic library 'libnvinfer.so.7'; dlerror: libnvinfer.so.7: cannot open shared object file\nKeyError: 'x'",
      'ImportError: tokenizers>=0.14,<0.19 is required for a normal functioning of this module, but found tokenizers==0.13.3.',
    ],
  },
  'dependency-conflict': {
    samples: [
      'ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject',
      "AttributeError: module 'numpy' has no attribute 'float'.",
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 1, in <module>\n    import datasets\n  File "/opt/conda/lib/python3.9/site-packages/datasets/utils/hub.py", line 4, in <module>\n    from huggingface_hub import hf_api_v9\nImportError: cannot import name \'hf_api_v9\' from \'huggingface_hub\'',
      'TypeError: Descriptors cannot be created directly.\nIf this call came from a _pb2.py file, your generated code is out of date',
    ],
    nearMisses: [
      "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.\nKeyError: 'label'",
      "Traceback (most recent call last):\n  File \"/opt/ml/code/train.py\", line 2, in <module>\n    from model import Net\nImportError: cannot import name 'Net' from 'model'",
    ],
  },
} satisfies FamilySamples;
