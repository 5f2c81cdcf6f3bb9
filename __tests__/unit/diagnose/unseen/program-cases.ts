import { failed, reason, type UnseenCase, underToolkit } from './case.ts';

/** Code errors. */
export const PROGRAM_CASES: readonly UnseenCase[] = [
  {
    label: 'python-exception',
    quote: "UnboundLocalError: local variable 'best' referenced before assignment",
    case: underToolkit(
      'Epoch 0: 100%|##########| 40/40 [00:11<00:00,  3.5it/s]\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 210, in <module>\n    main()\n  File "/opt/ml/code/train.py", line 199, in main\n    save(best)\nUnboundLocalError: local variable \'best\' referenced before assignment',
      "UnboundLocalError: local variable 'best' referenced before assignment",
    ),
  },
  {
    label: 'python-exception',
    quote: "AttributeError: 'Trainer' object has no attribute 'lr_find'",
    case: failed(
      "/opt/conda/lib/python3.9/site-packages/pkg/a.py:10: FutureWarning: x is deprecated\n  warnings.warn(\nTraceback (most recent call last):\n  File \"/opt/ml/code/fit.py\", line 17, in <module>\n    trainer.lr_find()\nAttributeError: 'Trainer' object has no attribute 'lr_find'\n/opt/conda/lib/python3.9/tempfile.py:821: ResourceWarning: Implicitly cleaning up <TemporaryDirectory '/tmp/tmp8'>",
    ),
  },
  {
    label: 'python-exception',
    quote: 'AssertionError: number of labels differs',
    case: reason(
      'AlgorithmError: ExecuteUserScriptError:\nCommand "/opt/conda/bin/python3.6 train.py"\n  0%|          | 0/10 [00:00<?, ?it/s]\nTraceback (most recent call last):\n  File "train.py", line 7, in <module>\n    assert len(a) == len(b), "number of labels differs"\nAssertionError: number of labels differs, exit code: 1',
    ),
  },
  {
    label: 'python-exception',
    quote: 'ZeroDivisionError: division by zero',
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 92, in evaluate\n    return total / count\nZeroDivisionError: division by zero',
      'ZeroDivisionError: division by zero',
    ),
  },
  {
    label: 'python-exception',
    accept: ['dependency-conflict'],
    quote: "TypeError: fit() got an unexpected keyword argument 'early_stopping_rounds'",
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 44, in <module>\n    model.fit(x, y, early_stopping_rounds=10)\nTypeError: fit() got an unexpected keyword argument \'early_stopping_rounds\'',
    ),
  },
  {
    label: 'module-not-found',
    quote: "ModuleNotFoundError: No module named 'einops'",
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 6, in <module>\n    from layers import Attention\n  File "/opt/ml/code/layers.py", line 2, in <module>\n    import einops\nModuleNotFoundError: No module named \'einops\'',
      "ModuleNotFoundError: No module named 'einops'",
    ),
  },
  {
    label: 'module-not-found',
    quote: "No module named 'src'",
    case: failed(
      '[rank0]: Traceback (most recent call last):\n[rank0]:   File "/opt/ml/code/scripts/run.py", line 3, in <module>\n[rank0]:     from src.data import load\n[rank0]: ModuleNotFoundError: No module named \'src\'\n[rank1]: Traceback (most recent call last):\n[rank1]:   File "/opt/ml/code/scripts/run.py", line 3, in <module>\n[rank1]:     from src.data import load\n[rank1]: ModuleNotFoundError: No module named \'src\'\nE0101 10:00:00.000000 140 torch/distributed/elastic/multiprocessing/api.py:826] failed (exitcode: 1) local_rank: 0 (pid: 31) of binary: /opt/conda/bin/python\ntorch.distributed.elastic.multiprocessing.errors.ChildFailedError:\n============\nscripts/run.py FAILED',
    ),
  },
  {
    label: 'import-error',
    quote: 'libgomp.so.1: cannot open shared object file',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/program/train", line 4, in <module>\n    import lightgbm as lgb\n  File "/usr/local/lib/python3.10/site-packages/lightgbm/libpath.py", line 5, in <module>\n    _LIB = ctypes.cdll.LoadLibrary(path)\nOSError: libgomp.so.1: cannot open shared object file: No such file or directory',
    ),
  },
  {
    label: 'import-error',
    accept: ['dependency-conflict'],
    quote: "version `GLIBCXX_3.4.29' not found",
    case: failed(
      "ImportError: /usr/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.29' not found (required by /opt/conda/lib/python3.10/site-packages/pandas/_libs/window/aggregations.cpython-310-x86_64-linux-gnu.so)",
    ),
  },
  {
    label: 'import-error',
    accept: ['dependency-conflict'],
    quote: "cannot import name 'AdamW' from 'transformers'",
    case: underToolkit(
      "Traceback (most recent call last):\n  File \"/opt/ml/code/train.py\", line 5, in <module>\n    from transformers import AdamW, get_scheduler\nImportError: cannot import name 'AdamW' from 'transformers' (/opt/conda/lib/python3.10/site-packages/transformers/__init__.py)",
      "ImportError: cannot import name 'AdamW' from 'transformers' (/opt/conda/lib/python3.10/site-packages/transformers/__init__.py)",
    ),
  },
  {
    label: 'argparse-error',
    quote: "train.py: error: argument --optimizer: invalid choice: 'adamx' (choose from 'adam', 'sgd')",
    case: underToolkit(
      "usage: train.py [-h] [--epochs EPOCHS] [--optimizer {adam,sgd}]\ntrain.py: error: argument --optimizer: invalid choice: 'adamx' (choose from 'adam', 'sgd')",
      '',
      2,
    ),
  },
  {
    label: 'argparse-error',
    quote: 'the following arguments are required: --model-name',
    case: failed(
      '[1,0]<stderr>:usage: finetune.py [-h] --model-name MODEL_NAME\n[1,0]<stderr>:finetune.py: error: the following arguments are required: --model-name\n[1,1]<stderr>:usage: finetune.py [-h] --model-name MODEL_NAME\n[1,1]<stderr>:finetune.py: error: the following arguments are required: --model-name',
    ),
  },
  {
    label: 'argparse-error',
    quote: 'No such option: --batch_size',
    case: underToolkit(
      "Usage: train.py [OPTIONS]\nTry 'train.py --help' for help.\n\nError: No such option: --batch_size Did you mean --batch-size?",
      '',
      2,
    ),
  },
  {
    label: 'syntax-error',
    quote: 'IndentationError: unexpected indent',
    case: underToolkit(
      '  File "/opt/ml/code/train.py", line 58\n    return x\nIndentationError: unexpected indent',
      'IndentationError: unexpected indent',
    ),
  },
  {
    label: 'syntax-error',
    quote: "syntax error near unexpected token `done'",
    case: {
      status: 'Failed',
      failure_reason: 'AlgorithmError: , exit code: 2',
      log: "/opt/program/train: line 14: syntax error near unexpected token `done'\n/opt/program/train: line 14: `done'",
    },
  },
  {
    label: 'file-not-found',
    quote: "'/opt/ml/input/data/train/features.parquet'",
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 30, in load\n    return pd.read_parquet(path)\n  File "/opt/conda/lib/python3.10/site-packages/pandas/io/parquet.py", line 493, in read_parquet\n    return impl.read(\nFileNotFoundError: [Errno 2] No such file or directory: \'/opt/ml/input/data/train/features.parquet\'',
      "FileNotFoundError: [Errno 2] No such file or directory: '/opt/ml/input/data/train/features.parquet'",
    ),
  },
  {
    label: 'file-not-found',
    quote: '/opt/ml/input/data/images/labels.tfrecord; No such file or directory',
    case: failed(
      'tensorflow.python.framework.errors_impl.NotFoundError: {{function_node __wrapped__IteratorGetNext}} /opt/ml/input/data/images/labels.tfrecord; No such file or directory [Op:IteratorGetNext]',
    ),
  },
  {
    label: 'missing-key',
    quote: "KeyError: 'sales_date'",
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/conda/lib/python3.10/site-packages/pandas/core/indexes/base.py", line 3653, in get_loc\n    return self._engine.get_loc(casted_key)\n  File "pandas/_libs/hashtable_class_helper.pxi", line 7080, in pandas._libs.hashtable.PyObjectHashTable.get_item\nKeyError: \'sales_date\'\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 41, in <module>\n    frame["sales_date"] = pd.to_datetime(frame["sales_date"])\nKeyError: \'sales_date\'',
      "KeyError: 'sales_date'",
    ),
  },
  {
    label: 'missing-key',
    quote: "Missing column provided to 'parse_dates': 'ts'",
    accept: ['input-data-format', 'python-exception'],
    case: failed("ValueError: Missing column provided to 'parse_dates': 'ts'"),
  },
  {
    label: 'channel-env-missing',
    quote: "KeyError: 'SM_CHANNEL_EVAL'",
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 120, in <module>\n    parser.add_argument("--eval", default=os.environ["SM_CHANNEL_EVAL"])\n  File "/opt/conda/lib/python3.10/os.py", line 680, in __getitem__\n    raise KeyError(key) from None\nKeyError: \'SM_CHANNEL_EVAL\'',
      "KeyError: 'SM_CHANNEL_EVAL'",
    ),
  },
  {
    label: 'shape-mismatch',
    quote: 'The size of tensor a (512) must match the size of tensor b (640) at non-singleton dimension 1',
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/model.py", line 64, in forward\n    x = x + self.position[:, :x.size(1)]\nRuntimeError: The size of tensor a (512) must match the size of tensor b (640) at non-singleton dimension 1',
      'RuntimeError: The size of tensor a (512) must match the size of tensor b (640) at non-singleton dimension 1',
    ),
  },
  {
    label: 'shape-mismatch',
    quote: 'Expected input batch_size (128) to match target batch_size (64)',
    case: failed('ValueError: Expected input batch_size (128) to match target batch_size (64).'),
  },
  {
    label: 'shape-mismatch',
    quote: 'X has 14 features, but StandardScaler is expecting 15 features as input',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 71, in <module>\n    x_test = scaler.transform(x_test)\nValueError: X has 14 features, but StandardScaler is expecting 15 features as input.',
    ),
  },
  {
    label: 'device-mismatch',
    quote: 'indices should be either on cpu or on the same device as the indexed tensor (cpu)',
    case: failed('RuntimeError: indices should be either on cpu or on the same device as the indexed tensor (cpu)'),
  },
  {
    label: 'cuda-device-assert',
    quote: 'device-side assert triggered',
    case: underToolkit(
      '../aten/src/ATen/native/cuda/Indexing.cu:1146: indexSelectLargeIndex: block: [12,0,0], thread: [64,0,0] Assertion `srcIndex < srcSelectDimSize` failed.\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 130, in <module>\n    out = model(ids)\nRuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.',
      'RuntimeError: CUDA error: device-side assert triggered',
    ),
  },
  {
    label: 'dataloader-worker-error',
    accept: ['python-exception'],
    quote: 'Caught ValueError in DataLoader worker process 3',
    case: underToolkit(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 77, in <module>\n    for batch in loader:\n  File "/opt/conda/lib/python3.10/site-packages/torch/utils/data/dataloader.py", line 1371, in _process_data\n    data.reraise()\nValueError: Caught ValueError in DataLoader worker process 3.\nOriginal Traceback (most recent call last):\n  File "/opt/conda/lib/python3.10/site-packages/torch/utils/data/_utils/worker.py", line 308, in _worker_loop\n    data = fetcher.fetch(index)\n  File "/opt/ml/code/dataset.py", line 35, in __getitem__\n    raise ValueError(f"bad sample {i}")\nValueError: bad sample 81',
      'ValueError: Caught ValueError in DataLoader worker process 3.',
    ),
  },
  {
    label: 'dataloader-worker-killed',
    quote: 'Unexpected bus error encountered in worker. This might be caused by insufficient shared memory (shm)',
    case: failed(
      'ERROR: Unexpected bus error encountered in worker. This might be caused by insufficient shared memory (shm).\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 40, in <module>\n    loss.backward()\nRuntimeError: DataLoader worker (pid 203) is killed by signal: Bus error.',
    ),
  },
  {
    label: 'checkpoint-resume-error',
    quote: "invalid load key, 'v'",
    case: failed(
      'Resuming from /opt/ml/checkpoints/last.pt\nTraceback (most recent call last):\n  File "/opt/ml/code/train.py", line 55, in resume\n    ckpt = torch.load(path, map_location=\'cpu\')\n  File "/opt/conda/lib/python3.10/site-packages/torch/serialization.py", line 1040, in load\n    return _legacy_load(opened_file, map_location, pickle_module, **pickle_load_args)\n_pickle.UnpicklingError: invalid load key, \'v\'.',
    ),
  },
  {
    label: 'checkpoint-resume-error',
    quote: "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    case: failed(
      "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    ),
  },
  {
    label: 'checkpoint-resume-error',
    quote: 'Unable to open file (truncated file: eof = 96, sblock->base_addr = 0, stored_eof = 2048)',
    case: failed(
      'Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line 22, in <module>\n    model = keras.models.load_model(\'/opt/ml/checkpoints/model.h5\')\nOSError: Unable to open file (truncated file: eof = 96, sblock->base_addr = 0, stored_eof = 2048)',
    ),
  },
  {
    label: 'nan-loss',
    quote: 'Loss is nan, stopping training',
    case: underToolkit(
      "Epoch: [0]  [ 120/2000]  eta: 0:14:41  lr: 0.004000  loss: 1.92 (2.30)\nLoss is nan, stopping training\n{'loss_classifier': tensor(nan, device='cuda:0')}",
      '',
      1,
    ),
  },
  {
    label: 'nan-loss',
    quote: 'probability tensor contains either `inf`, `nan` or element < 0',
    case: failed('RuntimeError: probability tensor contains either `inf`, `nan` or element < 0'),
  },
  {
    label: 'nan-loss',
    quote: 'Current loss scale already at minimum - cannot decrease scale anymore',
    case: failed('Exception: Current loss scale already at minimum - cannot decrease scale anymore. Exiting run.'),
  },
];
