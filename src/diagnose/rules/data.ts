/** Code errors: the content of the data, and the shapes made of it. */
import { type Rule, says } from '../rule.ts';

export const DATA_RULES: readonly Rule[] = [
  {
    label: 'input-data-format',
    title: 'The content of the data does not suit the program',
    retryable: false,
    signs: [
      says(
        0.95,
        /is not '?(?:LIBSVM|CSV|PARQUET|RECORDIO)\S*'? format|does not follow LIBSVM|Blankspace and colon not found|Parquet (?:file size is 0 bytes|magic bytes not found)|Could not open parquet|does not start with a valid magic number|Unable to read data channel|Detected non.?integer labels|Error when parsing json|lst should at least has|Mask image is not|imread read blank|Label must be in \[0, ?num_class\)|label_error|(?:Customer|Client)Error: .{0,80}(?:label|column|feature|csv|row|record|line|file|data ?set|content.?type)/i,
        { unless: /out of memory/i },
      ),
      says(
        0.93,
        /Error tokenizing data|No columns to parse from file|EmptyDataError|Input (?:X |y )?contains (?:NaN|infinity)|Found array with 0 (?:sample|feature)|cannot identify image file|image file is truncated|UnidentifiedImageError|num_samples should be a positive integer value|Unexpected result of `train_function` \(Empty logs\)|DataLossError|(?:truncated|corrupted) record at|Can't parse serialized Example|Unknown label type|contains? previously unseen labels|DataFrame\.dtypes for data must be int|The least populated class in y|contains? only one (?:class|label)|Check failed: .{0,80}(?:label|parser|InputSplit|csv|libsvm)|Only one class present in y_true|Invalid classes inferred|\b(?:labels?|targets?|classes) (?:should|must) be (?:an? )?(?:int|integer|number|float|numeric|non-?negative|positive|binary|in the range|contiguous|within|either|between|consecutive|\{?\[?\d)|needs samples of at least 2 classes|not a valid (?:csv|json|parquet|image)|ArrowInvalid|CastError|Couldn't cast|Parquet magic/i,
        { unless: /Traceback/ },
      ),
      says(
        0.88,
        /could not convert string to float|Cannot convert .{1,60} to float|time data .* does not match format|pandas_dtypes|UnicodeDecodeError|BadZipFile|ReadError: (?:not a gzip|file could not be opened|unexpected end of data)|Not a gzipped file|BadGzipFile|[Cc]ontent.?[Tt]ype .{0,60}(?:not supported|is not (?:an )?(?:accepted|supported)|invalid|unsupported)|[Dd]ataset is empty|empty (?:dataset|data ?frame|training set|csv|file)|(?:dataset|data ?frame|csv|file) (?:is|was) empty|Expected to see \d+ columns|(?:number|count) of (?:columns|fields|features).{0,60}(?:differ|mismatch|not match|expected)/i,
      ),
      says(
        0.8,
        /JSONDecodeError|invalid literal for int\(\) with base 10|cannot convert float NaN to integer|Expecting value: line \d+ column|ran out of data; interrupting|NaN values? (?:in|found in|present)|contains? (?:missing|null|NaN) values|OutOfRangeError: (?:End of sequence|RandomShuffleQueue)|Feature: .* is required but could not be found/i,
      ),
      // What a library that takes the data says of it.
      says(
        0.82,
        /^(?:[\w.]*\.)?(?:LightGBMError|XGBoostError|CatBoostError|UserError|ParserError|DatasetGeneration\w*Error|DataGenerationError|ArrowTypeError|ValueError): .{0,160}?(?:\blabels?\b|\bfeatures?\b|\bcolumns?\b|\b[Dd]ata ?[Ff]rame\b|\bdataset\b|\bfile format\b)/,
        {
          in: ['exception', 'reason'],
          raisedIn: 'library',
          unless: /shape|dimension|batch|argument|version|GPU|memory|[Cc]heckpoint|hyper-?parameter/,
        },
      ),
      says(
        0.82,
        /^(?:[\w.]*\.)?(?:LightGBMError|CatBoostError|XGBoostError): .{0,160}?(?:label|feature|column|row|value|field|#data|group|query)|infer the same data file format|DatasetGeneration\w*Error|DataFrame for (?:label|feature)/i,
        { in: ['exception', 'reason'], unless: /shape|memory|GPU|CUDA|hyper-?parameter|[Pp]arameter/ },
      ),
      says(0.76, /^CustomerError: (?!Training did not complete)/, { in: ['exception'] }),
    ],
    remedy: ({ text }) => [
      `Look at the data itself${/(\/opt\/ml\/input\/[^\s'",]+)/.exec(text)?.[1] ? ` (${/(\/opt\/ml\/input\/[^\s'",]+)/.exec(text)?.[1]})` : ''}: content type, header, label column, empty or foreign files below the prefix.`,
      'Zero-byte "folder" objects and files of other kinds under the same prefix are downloaded, too: give the channel a prefix of its own.',
    ],
  },
  {
    label: 'shape-mismatch',
    title: 'Dimensions of tensors or arrays do not fit each other',
    retryable: false,
    signs: [
      says(
        0.93,
        /mat1 and mat2 shapes cannot be multiplied|The size of tensor a \(\d+\) must match|size mismatch, m1:|shape '\[[-\d, ]+\]' is invalid for input of size|Sizes of tensors must match except|each tensor to be equal size|could not broadcast input array|operands could not be broadcast|shapes .{1,60} not aligned|Shapes? .{1,60}(?:are|is) (?:incompatible|not compatible)|Incompatible shapes|contracting dimensions|Dimensions must be equal|match target batch_size|is incompatible with the layer|logits and labels must|has a mismatch in its core dimension|to have \d+ channels, but got|Feature shape mismatch|inconsistent numbers of samples|is expecting \d+ features as input|cannot reshape (?:array|tensor)|Cannot feed value of shape|Calculated padded input size|Target size .{1,40} must be the same as input size|to have shape \(.{1,60}but got array with shape|Shape inconsistent/i,
        { in: ['exception', 'reason', 'line'], unless: /loading state_dict|checkpoint/ },
      ),
      says(
        0.9,
        /Failed to convert (?:object|a NumPy array|value).{0,120}Contents: .{0,60}(?:Dimension|None)|Invalid dimensions|inhomogeneous shape|array dimensions .{0,60}must match|Expected \dD .{0,60}input|expanded size of the tensor|Expected more than 1 value per channel|Length of values .{0,40}does not match length|input\.size\(-1\) must be equal|expected .{0,60}to have \d+ dimensions|(?:expected|wrong|invalid|unexpected) (?:input )?shape|shape mismatch|dimension mismatch|Dimension out of range|Number of (?:features|classes|columns).{0,40}(?:does not match|not match|mismatch)|(?:must|should) have (?:the )?same (?:shape|size|length|number of)|All arrays must be (?:of )?the same length|number of dimensions/i,
        { in: ['exception', 'reason'], unless: /loading state_dict|checkpoint/ },
      ),
    ],
    remedy: () => [
      'Print the shapes right before the line that raised; the last batch of an epoch is smaller (drop_last=True), and the number of classes or features may differ from the data at home.',
    ],
  },
  {
    label: 'dataloader-worker-error',
    title: 'A data-loading worker raised, or could not start',
    retryable: false,
    signs: [
      says(
        0.9,
        /Caught \w+ in (?:DataLoader worker|pin memory thread)|received 0 items of ancdata|DataLoader timed out after|Cannot re-initialize CUDA in forked subprocess/i,
      ),
      says(0.88, /./, {
        in: ['exception'],
        frames: /dataloader\.py.*(?:_process_data|reraise|_try_get_data)|_utils\.py reraise|_utils\/worker\.py/,
        unless: /exited unexpectedly|killed by signal|out of memory/i,
      }),
      says(0.87, /./, {
        in: ['exception'],
        frames: /dataloader\.py.*(?:__init__.*w\.start|w\.start\(\))|MultiProcessingDataLoaderIter.*start/,
      }),
      says(
        0.85,
        /worker.{0,40}(?:failed to start|could not be started|raised an exception)|Error in (?:data)?loader worker|Too many open files.*(?:DataLoader|worker)|DataLoader.*Too many open files/i,
      ),
    ],
    remedy: () => [
      'Run once with num_workers=0: the same exception then has a plain traceback.',
      'Open files, database and S3 clients inside the worker (worker_init_fn or first __getitem__), not before the fork; multiprocessing_context="spawn" when CUDA is used before.',
      'Too many open files: `torch.multiprocessing.set_sharing_strategy("file_system")`.',
    ],
  },
  {
    label: 'dataloader-worker-killed',
    title: 'A data-loading worker was killed: shared memory or host memory ran out',
    retryable: false,
    signs: [
      says(
        0.96,
        /DataLoader worker \(pid.{1,80}?\) (?:is killed by signal|exited unexpectedly)|workers are out of shared memory|insufficient shared memory|unable to open shared memory object|(?:unable to write to file|No space left on device.{0,20}) ?<?\/?(?:torch_|dev\/shm)|\/dev\/shm.{0,80}No space|No space left on device: '\/dev\/shm/i,
      ),
    ],
    remedy: ({ request }) => [
      `Lower num_workers${request.hyperparameters?.num_workers ? ` (now ${request.hyperparameters.num_workers})` : ''} and prefetch_factor, and return smaller samples from the dataset.`,
      '`torch.multiprocessing.set_sharing_strategy("file_system")` does without /dev/shm; a larger instance has more of it.',
    ],
  },
];
