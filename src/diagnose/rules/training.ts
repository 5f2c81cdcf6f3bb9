import type { Circumstances } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { type Rule, says } from '../rule.ts';

const LOSS_IS_NAN =
  /(?:^|[\s,{'"])(?:train_|val_|eval_|validation_)?(?:loss|objective|mse|rmse)['"]?\s*[=:]\s*['"]?-?nan\b/i;

export const TRAINING_RULES: readonly Rule[] = [
  {
    label: 'permission-denied',
    title: 'The container may not read, write or run a file',
    retryable: false,
    signs: [
      says(
        0.9,
        /PermissionError: \[Errno (?:13|1)\]|\[Errno 13\] Permission denied|Permission denied: ['"]|exec \S+ failed: Permission denied|: Permission denied$|OSError: \[Errno 30\] Read-only file system|exec: "?[\w./-]+"?: permission denied/i,
        { unless: /Access Denied|Forbidden|publickey/ },
      ),
      {
        holds: ({ exit, exceptions }) => (exit?.code === 126 && exceptions.length === 0 ? exit.proof : undefined),
        strength: 0.8,
      },
    ],
    remedy: ({ text }) => [
      /train|\.sh|exec/.test(text)
        ? 'Dockerfile: RUN chmod +x on the script that is the entry point.'
        : 'Write below /opt/ml/model, /opt/ml/output, /opt/ml/checkpoints or /tmp; /opt/ml/input is read-only.',
      'Dockerfile: no USER instruction, or USER root: SageMaker creates /opt/ml/model and /opt/ml/output for root.',
    ],
  },
  {
    label: 'debugger-hook-error',
    title: 'The hook of SageMaker Debugger broke the script',
    retryable: false,
    signs: [
      says(0.9, /./, {
        in: ['exception'],
        raisedIn: /smdebug|smprofiler/,
        unless: /No module named 'smdebug|out of memory/i,
      }),
      says(
        0.88,
        /smdebug\.exceptions|smdebug\.\S*(?:Error|Exception)|(?:SageMaker )?Debugger hook.{0,60}(?:fail|error|raised)|(?:fail|error).{0,60}(?:debugger|smdebug) hook/i,
        { unless: /has no attribute '\w+Hook'/ },
      ),
    ],
    remedy: () => [
      'Turn the hook off for this job: DebugHookConfig with no collections (estimators: debugger_hook_config=False), and the environment variable USE_SMDEBUG=0.',
    ],
  },
  {
    label: 'nan-loss',
    title: 'The loss or a metric became NaN or infinite',
    retryable: false,
    signs: [
      { holds: nanReachedInput, strength: 0.95 },
      says(
        0.94,
        /loss.{0,30}\b(?:is|became|was|contains?)\b.{0,12}\b(?:nan|inf\w*|non-finite)\b|NaN ?loss|NanLossDuringTraining|diverged with loss = nan|non-?finite (?:loss|gradient|values? in loss)|Invalid loss, terminating|nan(?:s| values)? in (?:the )?(?:loss|gradients?|summary|its \d+th output)|Nan in summary histogram|returned nan values in its|(?:loss|objective|metric|training).{0,40}(?:diverged|has diverged)|(?:Inf|NaN) or (?:Inf|NaN) (?:global norm|in)|loss went to nan/i,
        { unless: /loss_scale.*skip/i },
      ),
      says(
        0.92,
        /contains either `?inf`?, `?nan`? or element < 0|Tensor had (?:NaN|Inf)|loss scale already at minimum|Minimum loss scale reached|found in (?:loss|gradients): nan|detected (?:nan|inf)\b.{0,40}(?:loss|grad|output)|Found param .{0,60}nan/i,
      ),
      says(0.86, /(?:expected|satisfy).{0,80}\b(?:Real|GreaterThan)\b.{0,200}(?:nan|invalid values)/is, {
        in: ['exception'],
      }),
      says(0.72, LOSS_IS_NAN),
      says(0.72, /(?:objective|metric|score).{0,40}\b(?:is|was|=|:)\s*-?nan\b/i, { unless: /Input|-nan$/ }),
    ],
    remedy: ({ request }) => [
      `Lower the learning rate${lrOf(request.hyperparameters)}, add warm-up and gradient clipping (max_grad_norm 1.0).`,
      'bf16 instead of fp16; check the inputs for NaN and for rows without any label; log of zero, division by zero.',
      'torch.autograd.set_detect_anomaly(True) names the operation, at the price of speed.',
    ],
  },
];

/** A NaN in the loss reaches the evaluation, which then complains about its input. */
function nanReachedInput({ passages, exceptions }: Circumstances): Proof | undefined {
  if (!exceptions.some(({ standing, message }) => standing === 'raised' && /\bNaN\b/i.test(message))) return undefined;
  const said = passages.find(({ kind, text }) => kind === 'line' && LOSS_IS_NAN.test(text));
  return said && { source: said.source, quote: said.text.slice(0, 400), ...(said.line ? { line: said.line } : {}) };
}

function lrOf(hyperparameters: Readonly<Record<string, string>> | undefined): string {
  const found = Object.entries(hyperparameters ?? {}).find(([key]) => /^(?:lr|learning.?rate|eta|base_lr)$/i.test(key));
  return found ? ` (${found[0]} is ${found[1]})` : '';
}
