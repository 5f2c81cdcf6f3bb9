/** Time and stops: limits and interruptions. */
import type { Circumstances, PhaseEntry } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { type Rule, says } from '../rule.ts';

function secondary(status: string) {
  return ({ evidence: { job }, phases }: Circumstances): Proof | undefined => {
    if (job.secondaryStatus === status)
      return { source: 'transitions', quote: `${job.status ?? 'Stopped'}, secondary status ${status}` };
    const phase = phases.find((one) => one.phase === status);
    return phase && phaseProof(phase);
  };
}

function phaseProof({ phase, message, line }: PhaseEntry): Proof {
  return line === undefined
    ? { source: 'transitions', quote: `${phase} - ${message}` }
    : { source: 'log', quote: `${phase} - ${message}`, line };
}

function interrupted(circumstances: Circumstances): Proof | undefined {
  const {
    evidence: { job },
    phases,
  } = circumstances;
  if (job.secondaryStatus === 'Interrupted')
    return { source: 'transitions', quote: `${job.status}, secondary status Interrupted` };
  const phase = phases.find((one) => one.phase === 'Interrupted');
  return phase && phaseProof(phase);
}

export const LIMIT_RULES: readonly Rule[] = [
  {
    label: 'max-runtime-exceeded',
    title: 'The job reached its longest run time (max-run)',
    retryable: false,
    signs: [
      { holds: secondary('MaxRuntimeExceeded'), strength: 0.98 },
      says(
        0.93,
        /MaxRuntimeExceeded|(?:exceeded|reached).{0,40}(?:MaxRuntimeInSeconds|max(?:imum)? ?run ?time|max_run\b)|MaxRuntimeInSeconds.{0,40}(?:exceeded|reached)|stopped because .{0,40}(?:max ?run|time limit)/i,
      ),
    ],
    remedy: ({ request }) => [
      `max-run: raise it${request.maxRunSeconds ? ` (now ${request.maxRunSeconds} s)` : ''}; the same prefix of checkpoints lets the next job go on where this one ended.`,
      'Ask whether it should be done by now: a program that stands still ends the same way.',
    ],
  },
  {
    label: 'max-wait-exceeded',
    title: 'The job reached max-wait, the longest time including the wait for spot capacity',
    retryable: true,
    signs: [
      { holds: secondary('MaxWaitTimeExceeded'), strength: 0.98 },
      says(
        0.93,
        /MaxWaitTimeExceeded|(?:exceeded|reached).{0,40}(?:MaxWaitTimeInSeconds|max(?:imum)? ?wait)|MaxWaitTimeInSeconds.{0,40}(?:exceeded|reached)/i,
      ),
    ],
    remedy: ({ request }) => [
      `max-wait: raise it${request.maxWaitSeconds ? ` (now ${request.maxWaitSeconds} s)` : ''}, take another instance-type, or set \`spot: false\`.`,
    ],
  },
  {
    label: 'checkpoint-lost',
    title: 'Work was lost: no usable checkpoint survived',
    retryable: false,
    signs: [
      // At a first start the same words are no news.
      says(
        0.97,
        /\b(?:no|without|lost|missing)\b.{0,40}checkpoints?\b|checkpoints? (?:dir\w* |folder )?(?:is )?(?:empty|not found)|(?:start|restart|train)\w* from (?:scratch|zero|the (?:start|beginning))/i,
        { when: (c) => interrupted(c) !== undefined, evenInWarnings: true, in: ['line', 'note'] },
      ),
      says(
        0.88,
        /checkpoints?\b.{0,60}\b(?:lost|gone|never (?:written|uploaded|saved)|did not survive|not uploaded)\b|(?:lost|losing) (?:all |hours |the )?.{0,40}\b(?:progress|work|epochs|steps)\b.{0,60}checkpoint/i,
        { unless: /FileNotFound|No such file|Traceback|will be/ },
      ),
    ],
    remedy: () => [
      'Write to /opt/ml/checkpoints (checkpoint-path), nowhere else: only that directory is copied to Amazon S3 while the job runs.',
      'Write often enough, under a temporary name that is renamed when complete; at the start, load the newest one that can be read.',
    ],
  },
  {
    label: 'spot-interruption',
    title: 'Spot capacity was reclaimed',
    retryable: true,
    signs: [
      { holds: interrupted, strength: 0.82 },
      says(
        0.9,
        /spot (?:instance|capacity|training job)? ?.{0,40}(?:interrupt|reclaim|terminated|preempt)|interrupted due to (?:spot|ec2)|instance-action.*terminate|Spot interruption|instance was reclaimed|capacity was reclaimed/i,
        { unless: /handler|INFO.*(?:register|watch)/i },
      ),
    ],
    remedy: () => [
      'With checkpoints the job goes on by itself: write to /opt/ml/checkpoints and load the newest one at the start.',
      'If it happens often: other instance types, or `spot: false` for short jobs.',
    ],
  },
];
