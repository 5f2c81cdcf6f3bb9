/** Code errors: hyperparameters, their form and values, and the environment the toolkit makes of a request. */
import { type Rule, says } from '../rule.ts';

export const PARAMETER_RULES: readonly Rule[] = [
  {
    label: 'argparse-error',
    title: 'The script refuses a hyperparameter or its value',
    retryable: false,
    signs: [
      says(
        0.96,
        /error: (?:argument |unrecognized arguments|the following arguments are required|ambiguous option|invalid choice|too few arguments|expected (?:one|at least one) argument|one of the arguments|no such option|option \S+ (?:requires|not recognized)|not all arguments)/,
        { unless: /--local[_-]rank/ },
      ),
      says(
        0.95,
        /^Error: (?:No such option|Invalid value for|Missing option|Missing argument|Got unexpected extra argument|no such option|Option)|Some specified arguments are not used by the HfArgumentParser|Unknown command line flag|FATAL Flags parsing error|Could not consume arg|GetoptError: option|UnparsedFlagAccessError|Could not override|Error parsing override|argparse\.Argument(?:Type)?Error|^ERROR: (?:The function received no value for|Could not consume)|Key '[^']+' is not in struct/,
      ),
      {
        holds: ({ exit, passages }) => {
          const usage = exit?.code === 2 ? passages.find(({ text }) => /^usage: /i.test(text)) : undefined;
          return (
            usage && {
              source: usage.source,
              quote: usage.text.slice(0, 400),
              ...(usage.line ? { line: usage.line } : {}),
            }
          );
        },
        strength: 0.84,
      },
    ],
    remedy: ({ text }) => [
      `${/--[\w-]+/.exec(text)?.[0] ?? 'The argument'}: the toolkit passes every hyperparameter as \`--name value\`; add it to the parser, or take it out of hyperparameters. parse_known_args lets unknown ones pass.`,
      'bool arguments arrive as the words True and False: `type=lambda v: v.lower() == "true"`.',
    ],
  },
  {
    label: 'invalid-hyperparameter',
    title: 'The value or the form of a hyperparameter is wrong',
    retryable: false,
    signs: [
      // A number with quotes of its own: it was serialised twice.
      says(0.9, /(?:invalid literal for \w+\(\).*|could not convert string to float): '\\?["'][-+\d.eE]+\\?["']'/, {
        in: ['exception'],
      }),
      says(
        0.96,
        /Additional hyper-?parameters are not allowed|Hyperparameter \S+: |(?:Missing required|Extraneous|Unknown|Unrecognized) hyper-?parameters?|Failed to validate (?:model |algorithm )?(?:hyper-?parameters?|(?:algorithm )?configuration|parameters)|hyper-?parameters? .{0,60}(?:invalid|not valid|out of range|must be|is required|should be|is not (?:supported|allowed|recognized))|(?:invalid|illegal|unsupported) (?:value .{0,60})?hyper-?parameter/i,
        {
          unless: /Failed to parse hyper|Checkpoint hyperparameters|cannot have more than|Parameter validation failed/i,
        },
      ),
      says(
        0.94,
        /Invalid Parameter format for|for Parameter \S+ (?:exceed|should)|should be (?:greater|smaller|less) (?:than|or equal).{0,40}Parameter|InvalidParameterError|Unknown objective function|Unknown (?:metric|parameter|booster|eval metric)|Invalid (?:learning rate|momentum|beta|epsilon|weight_decay|dampening|alpha|lr_decay)\b|Could not interpret (?:optimizer|activation|loss|metric|initializer)/i,
        { unless: /Parameter validation failed/ },
      ),
      says(
        0.92,
        /is not a valid (?:SchedulerType|IntervalStrategy|OptimizerNames|HubStrategy|EvaluationStrategy|SaveStrategy|LoggingStrategy)|--load_best_model_at_end requires|num_class(?:es)? (?:must|should|is required|parameter)|(?:mini_?batch_?size|batch.?size).{0,60}(?:must|should|has to|cannot|exceeds?|larger than|greater than|divisible|positive)|must be divisible by|(?:unknown|unsupported|unrecognized|invalid) (?:optimizer|scheduler|activation|loss(?: function)?|objective|solver|model_?type|model_?name|architecture)\b/i,
        { in: ['exception', 'reason', 'line'] },
      ),
      says(
        0.8,
        /(?:learning_rate|lr|epochs?|num_\w+|max_\w+|n_\w+|dropout|hidden\w*|warmup\w*|seed|alpha|beta|gamma|lambda|eta|subsample|min_\w+).{0,30}(?:must be|should be|has to be|cannot be|out of range|not in range|expected|is not a valid)/i,
        { in: ['exception', 'reason'], unless: /dimension|tensor|shape|columns?/ },
      ),
      says(
        0.78,
        /string indices must be integers|the JSON object must be str|'str' object (?:has no attribute|cannot be interpreted as an integer)|not supported between instances of '(?:str|int|float)' and '(?:str|int|float)'/,
        { in: ['exception'], frames: /args\.|hyper|config|params|_seq|hps\b|settings/ },
      ),
    ],
    remedy: ({ text }) => [
      `Correct ${/(?:Hyperparameter|hyperparameter:?|Parameter|parameter '?) ?([\w.-]+)/.exec(text)?.[1] ?? 'the value the message names'} in hyperparameters.`,
      'Hyperparameters arrive as strings: JSON values have to be parsed in the script, and a string that was quoted twice ("\\"auc\\"") is another value.',
    ],
  },
  {
    label: 'channel-env-missing',
    title: 'The script reads SM_CHANNEL_<NAME> of a channel the request does not have',
    retryable: false,
    signs: [
      says(
        0.98,
        /KeyError: ['"]SM_CHANNELS?\w*['"]|SM_CHANNEL\w* (?:is )?(?:not (?:set|defined|found)|missing|undefined|None)|(?:missing|undefined|no) (?:environment variable )?['"]?SM_CHANNEL/i,
      ),
      says(
        0.86,
        /expected str, bytes or os\.PathLike object, not NoneType|join\(\) argument must be str.*not '?NoneType|argument should be a str.*not '?NoneType|Invalid file path or buffer object type: <class 'NoneType'>/i,
        { in: ['exception'], frames: /args\.(?:train|test|val|data|training|eval)|SM_CHANNEL|channel/i },
      ),
      says(0.74, /expected str, bytes or os\.PathLike object, not NoneType/, { in: ['exception'] }),
    ],
    remedy: ({ text, request }) => {
      const name = /SM_CHANNEL_(\w+)/.exec(text)?.[1]?.toLowerCase();
      const given = request.channels?.map((channel) => channel.name).join(', ');
      return [
        `channels: add \`${name ?? 'NAME'}: s3://…\`, or read the channel that is given${given ? ` (${given})` : ' (a single one is often called training)'}: each channel <name> sets SM_CHANNEL_<NAME>.`,
        'In the script: os.environ.get("SM_CHANNEL_VALIDATION") and a branch for None, when the channel is optional.',
      ];
    },
  },
  {
    label: 'input-channel-misconfig',
    title: 'Names, set or distribution of the channels do not suit the algorithm',
    retryable: false,
    signs: [
      says(
        0.97,
        /Failed to validate input data configuration|'(?:ShardedByS3Key|FullyReplicated)' is not one of|S3DistributionType.{0,80}(?:not|must|invalid)/,
      ),
      says(
        0.93,
        /\b(?:train|training|validation|test|model|auxiliary|label_map|train_lst|train_annotation|\w+) channel (?:is )?(?:not (?:specified|provided|found|given)|missing|required|must)|[Cc]hannel ['"]?\w+['"]? (?:is )?(?:not (?:specified|provided|found|supported|recognized|given)|missing|required|unknown)|(?:[Rr]equired|[Mm]issing|[Uu]nknown|[Uu]nexpected|[Uu]nsupported|[Ii]nvalid) (?:\w+ ){0,2}channels?\b|No (?:training |input )?(?:data )?channels?\b|No data in (?:the )?channel|channel \(\w+\) was incorrectly specified|does not support (?:the )?'?\w+'? channel/i,
        { unless: /input.{0,6}channels?.{0,40}(?:conv|weight)|KeyError|got \d+ channels/i },
      ),
      says(0.9, /Additional properties are not allowed|is a required property/, {
        in: ['reason', 'line', 'exception'],
        unless: /[Hh]yper-?parameters/,
      }),
    ],
    remedy: ({ text, request }) => [
      `Rename or add channels to the ones the algorithm knows${/\('?u?'?(\w+)'? was unexpected/.exec(text)?.[1] ? ` (${/\(u?'(\w+)' was unexpected/.exec(text)?.[1]} is not one of them)` : ''}${request.channels?.length ? `; given: ${request.channels.map(({ name }) => name).join(', ')}` : ''}.`,
      'Test channels of most built-in algorithms must be FullyReplicated, not ShardedByS3Key.',
    ],
  },
];
