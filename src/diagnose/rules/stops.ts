/** Time and stops: limits, interruptions, people, automation. */
import type { Circumstances } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { type Rule, says } from '../rule.ts';

const isStopped = ({ evidence: { job }, phases }: Circumstances) =>
  job.status === 'Stopped' || (job.status === undefined && phases.some(({ phase }) => phase === 'Stopped'));

function lastWords(circumstances: Circumstances): Proof {
  const said = circumstances.passages.findLast(({ text }) =>
    /Job ended with status 'Stopped'|^\S+ \S+ Stopped - /.test(text),
  );
  if (said) return { source: 'log', quote: said.text.slice(0, 400), ...(said.line ? { line: said.line } : {}) };
  return {
    source: 'transitions',
    quote: `Status ${circumstances.evidence.job.status}, secondary status ${circumstances.evidence.job.secondaryStatus ?? 'unknown'}, no failure reason`,
  };
}

/** Nobody is that quick: the stop came within seconds of the phase before it, before any training. */
function stoppedAtOnce(circumstances: Circumstances): Proof | undefined {
  const { phases } = circumstances;
  const at = phases.findIndex(({ phase }) => phase === 'Stopping');
  const stop = phases[at];
  const before = phases[at - 1];
  if (!isStopped(circumstances) || !stop || !before || stop.at - before.at > 5) return undefined;
  return phases.some(({ phase }) => phase === 'Training') ? undefined : lastWords(circumstances);
}

function hangs({ evidence: { job, log }, exceptions }: Circumstances): Proof | undefined {
  if (job.status !== 'InProgress' || exceptions.some(({ standing }) => standing === 'raised')) return undefined;
  const last = log.lines.findLast(({ text }) => text.trim() !== '');
  return last
    ? { source: 'log', quote: last.text.trim().slice(0, 400), line: last.number }
    : { source: 'transitions', quote: 'InProgress, no log lines' };
}

const NOTHING =
  /no (?:log|output|progress|new lines?|update)|stands? still|\bhang(?:s|ing)?\b|\bhung\b|\bstuck\b|frozen|never (?:ends|finish)/i;

export const STOP_RULES: readonly Rule[] = [
  {
    label: 'stopped-by-debugger-rule',
    title: 'The action of a Debugger rule stopped the job',
    retryable: false,
    signs: [
      says(0.9, /^(?:\S+ )?[A-Z]\w+: IssuesFound|\b[A-Z]\w+: IssuesFound/, {
        when: isStopped,
        unless:
          /^(?:ProfilerReport|CPUBottleneck|IOBottleneck|LowGPU|BatchSize|GPUMemoryIncrease|StepOutlier|LoadBalancing|MaxInitialization|Dataloader|OverallSystemUsage)/,
      }),
      says(
        0.93,
        /(?:stopped|stopping|StopTraining).{0,60}(?:debugger )?rule\b|rule .{0,60}(?:triggered|fired).{0,60}stop/i,
      ),
    ],
    remedy: () => [
      'The rule that found issues says why (VanishingGradient, Overfit, …): look at its evaluation, then at learning rate and initialisation; or take the StopTraining action off the rule.',
    ],
  },
  {
    label: 'stopped-external',
    title: 'Something other than a person stopped the job: automation of the account',
    retryable: false,
    signs: [
      { holds: stoppedAtOnce, strength: 0.72 },
      says(
        0.85,
        /stopped by (?:a |an |the )?(?:lambda|automation|policy|budget|scheduler|step functions?|eventbridge|guardrail|pipeline)|invokedBy.{0,40}(?:lambda|config|events)\.amazonaws\.com|cost (?:control|guard|limit).{0,40}stop/i,
      ),
    ],
    remedy: () => [
      'AWS CloudTrail, event StopTrainingJob: userIdentity and sourceIPAddress name the Lambda function, budget action or pipeline that stopped it, and the rule it enforces (a VPC, tags, a cost limit).',
    ],
  },
  {
    label: 'stopped-by-user',
    title: 'The job was stopped by StopTrainingJob, without a limit being reached',
    retryable: false,
    signs: [
      { holds: (c) => (isStopped(c) ? lastWords(c) : undefined), strength: 0.62 },
      says(
        0.9,
        /(?:stopped|cancel+ed|aborted|terminated|killed) (?:manually|by (?:the |a )?(?:user|operator|owner|me\b|us\b))|(?:user|I|we|operator) (?:manually )?(?:stopped|cancel+ed|aborted|called StopTrainingJob)|manually (?:stopped|cancel+ed)|StopTrainingJob .{0,40}(?:called )?by (?:user|IAMUser)/i,
        { in: ['line', 'note', 'reason'] },
      ),
    ],
    remedy: () => [
      'AWS CloudTrail, event StopTrainingJob: userIdentity says who.',
      'The artifacts written so far were uploaded; with checkpoints a new job goes on from there.',
    ],
  },
  {
    label: 'tuning-parent-failure',
    title: 'The tuning job only says that its training jobs failed',
    retryable: false,
    signs: [
      says(
        0.96,
        /No training job succeeded after \d+ attempts|All training jobs failed|(?:hyperparameter )?tuning job.{0,80}(?:failed|ended).{0,60}training jobs? (?:failed|succeeded)|Please take a look at the training job failures/i,
      ),
    ],
    remedy: () => [
      'Explain one of the training jobs it started: ListTrainingJobsForHyperParameterTuningJob with status Failed; the cause is in its FailureReason and log.',
    ],
  },
  {
    label: 'hang-deadlock',
    title: 'No error: the job stands still',
    retryable: false,
    signs: [
      { holds: hangs, strength: 0.74 },
      says(0.95, NOTHING, {
        in: ['note'],
        when: ({ evidence: { job } }) =>
          job.status === 'InProgress' || job.status === 'Stopped' || job.status === undefined,
      }),
      says(
        0.88,
        /possible deadlock|deadlock detected|Stalled (?:tensors|ranks|ops)|submitted (?:to be reduced|by subset of ranks).{0,120}waiting|waiting for remainder of ranks|missing ranks:/i,
        { evenInWarnings: true, unless: /Deadlock found when trying to get lock/ },
      ),
    ],
    remedy: () => [
      'See where it stands: py-spy dump in the container, or faulthandler.dump_traceback_later(600) in the program.',
      'Usual causes: CUDA used before a fork (num_workers > 0: use spawn), a full disk, one rank that skips a collective, a pipe nobody reads.',
      'Set max-run so that a job that stands still ends.',
    ],
  },
];
