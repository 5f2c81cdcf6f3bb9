import type { JobScript, ScriptInterruption, ScriptPhase } from '../script.ts';
import type { Cloud } from '../state.ts';
import type { TrainingRequest } from './request.ts';

/** How a job is to go, as its script or the defaults say. */
export interface Plan {
  readonly script: JobScript;
  readonly isReal: boolean;
  readonly phases: readonly ScriptPhase[];
  readonly capacity: { readonly granted: boolean; readonly afterSeconds: number };
  readonly interruptions: readonly ScriptInterruption[];
}

/** A share of the training time that spot does not bill; 59–68 % have been seen. */
const SPOT_DISCOUNT = 0.65;

/** Seconds around the training of a real job without `phases`: short, for its own work takes real time. */
const REAL_PHASES: readonly ScriptPhase[] = [
  { status: 'Starting', seconds: 2 },
  { status: 'Downloading', seconds: 1 },
  { status: 'Training', seconds: 0 },
  { status: 'Uploading', seconds: 1 },
];

/** A job that no entry of the script is for is real. */
export function planJob(cloud: Cloud, request: TrainingRequest): Plan {
  const script = cloud.script.jobFor(request.TrainingJobName);
  const isReal = script.real ?? !(cloud.script.current.jobs ?? []).includes(script);
  const capacity = script.capacity ?? 'granted';
  return {
    script,
    isReal,
    phases: script.phases ?? (isReal ? REAL_PHASES : scriptedPhases(script)),
    capacity: {
      granted: capacity !== 'never',
      afterSeconds: typeof capacity === 'object' ? capacity.afterSeconds : 0,
    },
    interruptions: script.interruptions ?? [],
  };
}

/** Long enough for everything the script wants to happen during training. */
function scriptedPhases(script: JobScript): ScriptPhase[] {
  const times = [
    ...(script.logs?.lines ?? []).map(({ at, every = 0, times = 1 }) => at + every * (times - 1)),
    ...Object.values({ ...script.metrics, ...script.instanceMetrics }).flatMap((series) => series.map(([at]) => at)),
    ...(script.checkpoints ?? []).map(({ at }) => at),
  ];
  const last = times.reduce((most, time) => Math.max(most, time), 0);
  return [
    { status: 'Starting', seconds: 30 },
    { status: 'Downloading', seconds: 20 },
    { status: 'Training', seconds: times.length === 0 ? 60 : last + 1 },
    { status: 'Uploading', seconds: 10 },
  ];
}

/** Seconds of a phase of the plan; 0 when it has none. */
export function phaseSeconds(plan: Plan, status: ScriptPhase['status']): number {
  return plan.phases.find((phase) => phase.status === status)?.seconds ?? 0;
}

/** Billed seconds: fewer for spot, by a script's word or the usual discount. */
export function billableSeconds(plan: Plan, request: TrainingRequest, trainingSeconds: number): number {
  const spot = request.EnableManagedSpotTraining === true;
  return plan.script.billableSeconds ?? (spot ? Math.ceil(trainingSeconds * (1 - SPOT_DISCOUNT)) : trainingSeconds);
}

/** The exit code a script stands for: without a word of failure the containers end well. */
export function scriptedExitCode({ script: { exitCode, status, failureReason } }: Plan): number {
  const failed = status === 'Failed' || (status === undefined && typeof failureReason === 'string');
  return exitCode ?? (failed ? 1 : 0);
}
