import { type Rule, says } from '../rule.ts';

export const REQUEST_RULES: readonly Rule[] = [
  {
    label: 'validation-max-wait',
    title: 'max-wait and max-run break the rules of spot training',
    retryable: false,
    signs: [
      says(
        0.98,
        /Invalid MaxWaitTimeInSeconds|MaxWaitTimeInSeconds (?:above|must|should|is only|cannot|is required|greater|less|smaller)|max_wait.{0,60}max_run|EnableManagedSpotTraining.{0,80}MaxWait|MaxWaitTimeInSeconds.{0,60}(?:required|missing)/i,
        { unless: /unexpected keyword|exceeded MaxWait/ },
      ),
    ],
    remedy: ({ request }) => [
      `max-wait: at least max-run (${request.maxRunSeconds ?? 'seconds'}), with slack for the wait, e.g. twice as long; only with \`spot: true\`.`,
      'Built-in algorithms without checkpoints take at most 3,600 s of max-wait.',
    ],
  },
  {
    label: 'invalid-instance-type',
    title: 'The instance type is unknown, not offered here, or not supported by the algorithm',
    retryable: false,
    signs: [
      says(
        0.97,
        /at '[\w.]*instanceType' failed to satisfy|requested resource training-job\/\S+ is not available in this region|only GPU instances are supported|Instance type \S+ is not supported/i,
      ),
      says(
        0.93,
        /instance.?type.{0,80}(?:not (?:available|supported|offered|valid|allowed)|invalid|unknown|unsupported|does not support)|(?:unsupported|invalid|unknown|unrecognized) instance.?type|is not a (?:valid|supported) (?:ML |training )?instance type|(?:does not|doesn't) support instance type/i,
        { unless: /smdistributed|smdataparallel|modelparallel/ },
      ),
    ],
    remedy: ({ request }) => [
      `Choose a training type offered in ${request.region ?? 'the region'}${request.instanceType ? ` instead of ${request.instanceType}` : ''}; types for notebooks and endpoints (ml.t2, ml.t3) are no training types.`,
      'Some built-in algorithms need a GPU, some allow none: see the page of the algorithm.',
    ],
  },
  {
    label: 'duplicate-job-name',
    title: 'The job name is in use',
    retryable: false,
    signs: [
      says(
        0.98,
        /Training job names must be unique|\(ResourceInUse\)|ResourceInUse(?:Exception)?: |Cannot create already existing (?:training )?job|training job with this name already exists|job name .{0,60}already (?:exists|in use)/i,
      ),
    ],
    remedy: () => [
      'Names are unique for ever in an account and region: add a time or run number to the name.',
      'If a retried call met its own first attempt, describe the job of that name: it may be the one you wanted.',
    ],
  },
  {
    label: 'validation-error',
    title: 'The request is not valid',
    retryable: false,
    signs: [
      says(
        0.85,
        /\d+ validation errors? detected|failed to satisfy constraint|\bInvalidParameterCombination|InvalidParameterValue/,
        { unless: /instanceType'|s3(?:Uri|OutputPath)|trainingImage'/i },
      ),
      says(
        0.8,
        /\(ValidationException\)|ValidationException:|not supported in the region|hyperparameter tuning job, .* valid for/,
      ),
    ],
    remedy: ({ text }) => [`Correct ${/at '([^']+)' failed/.exec(text)?.[1] ?? 'the field the message names'}.`],
  },
  {
    label: 'wrong-region',
    title: 'Something the request names lives in another region',
    retryable: false,
    signs: [
      says(
        0.97,
        /(?:image|repository|KMS key|key|role|subnet|file system|algorithm|security group|model package|resource)\b.{0,120}\b(?:is|are|lives?|located|exists?|belongs) (?:only )?in (?:a different|another|the wrong) region|not in the same region|must be in (?:the )?(?:same|current) region|(?:different|wrong|another) region than|Invalid region in (?:arn|ARN)|(?:ARN|arn) .{0,80}region .{0,40}(?:mismatch|does not match|expected)|[Rr]egion .{0,40}does not match|cross.region .{0,40}not (?:supported|allowed)|arn:aws:kms:.*(?:not valid|is invalid).*region/,
        { unless: /bucket|s3:\/\//i },
      ),
    ],
    remedy: ({ request }) => [
      `Everything a job names must be in its own region (${request.region ?? 'aws-region'}): copy it there, or run the job where it is.`,
    ],
  },
];
