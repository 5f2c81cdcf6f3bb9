/** Client side: SDKs that refuse, waiters, tokens that expire. */
import { type Rule, says } from '../rule.ts';

export const CLIENT_RULES: readonly Rule[] = [
  {
    label: 'expired-token',
    title: "The client's credentials expired while it waited; the job may still run",
    retryable: false,
    signs: [
      says(
        0.96,
        /ExpiredToken(?:Exception)?|security token included in the request is expired|provided token has expired|RequestExpired|Token has expired and refresh failed|SSO (?:session|token).{0,60}expired|credentials (?:have|has) expired|UnauthorizedSSOTokenError/i,
        { unless: /upload failed|download failed/ },
      ),
    ],
    remedy: () => [
      'Look at the job itself: it does not depend on the client. Running the workflow again finds it and follows it.',
      'Use credentials that renew themselves (role-to-assume with OIDC), or a longer role-duration.',
    ],
  },
  {
    label: 'client-side-waiter',
    title: 'The waiter only reports a terminal state; the cause is in the job',
    retryable: false,
    signs: [
      says(
        0.78,
        /WaiterError|Waiter \w+ failed|Max attempts exceeded|waiter encountered a terminal failure state|Resource is not in the state \w+/i,
      ),
    ],
    remedy: () => [
      'Describe the training job: FailureReason, SecondaryStatusTransitions, and the log group /aws/sagemaker/TrainingJobs hold the cause.',
    ],
  },
  {
    label: 'sdk-client-error',
    title: 'The SDK refuses on the client: nothing was sent',
    retryable: false,
    signs: [
      says(
        0.93,
        /ParamValidationError|Parameter validation failed|NoRegionError|You must specify a region|UnknownServiceError|ProfileNotFound|No file named "[^"]+" was found in directory|Unsupported (?:hugging ?face|pytorch|tensorflow|transformers|sklearn|xgboost|mxnet|\w+) ?(?:framework )?version|(?:framework_version|py_version|image_uri|transformers_version|source_dir|entry_point|instance_type|estimator|sagemaker_session) .{0,60}(?:was None|must be (?:set|specified|provided)|is required|is not supported)|Provided instance_type \S+ is not supported by (?:smd\w+|modelparallel)/i,
        { unless: /Invalid bucket name/ },
      ),
      says(
        0.88,
        /(?:Type|Value|Attribute|Import|Key|ModuleNotFound|Name|Index|Runtime|Assertion|NotImplemented)Error: /,
        {
          in: ['exception'],
          when: ({ evidence }) => evidence.job.status === 'not-created',
          unless: /An error occurred|No module named/,
        },
      ),
      says(
        0.9,
        /unexpected keyword argument '(?:train_instance_\w+|instance_\w+|image_name|image_uri|py_version|framework_version|role|train_\w+|distributions?|hyperparameters|script_mode|use_spot_instances)'|cannot import name '\w+' from 'sagemaker(?:\.\w+)*'|module 'sagemaker(?:\.\w+)*' has no attribute|No module named 'sagemaker\.\w+/,
      ),
      says(0.86, /./, {
        in: ['exception'],
        frames: /site-packages\/sagemaker\/|site-packages\/botocore\/validate/,
        unless: /An error occurred|Error for Training job|UnexpectedStatus|Job ended/,
      }),
    ],
    remedy: () => [
      'Correct the call: the message names the argument; compare the version of the SDK with that of the example (v1, v2 and v3 differ in names).',
    ],
  },
];
