/** How soon the end of a job is noticed and how often AWS is asked for that, over simulated jobs of 2 minutes to 24 hours. */
import { follow } from '../../src/watch/follow.ts';
import type { Figure } from '../figure.ts';
import { type JobScript, SimulatedJob } from './simulated-job.ts';

export const FIGURES: readonly Figure[] = [
  'detect-end-p50-s',
  'detect-end-p95-s',
  'detect-end-nophase-p50-s',
  'detect-end-nophase-p95-s',
  'log-drain-s',
  'calls-per-hour',
].map((name) => ({ name, unit: name.endsWith('-s') ? 's' : 'calls/h', better: 'lower' }));

const JOBS = 1500;
const SHORTEST = 120;
const LONGEST = 86_400;
const HOUR = 3600;
const SEED = 20_260_101;

interface Followed {
  /** From the end to the answer that told it. */
  readonly detection: number;
  /** From that answer until the log counted as complete. */
  readonly drain: number;
  readonly calls: number;
  readonly hours: number;
}

export async function measureFollowing(): Promise<Readonly<Record<string, number>>> {
  const random = makeRandom(SEED);
  const uploading = await followAll(() => makeJob(random, between(random, 5, 60)), JOBS);
  const without = await followAll(() => makeJob(random, 0), JOBS);
  const quiet = await followAll(() => quietJob(random), 200);
  const delays = (jobs: readonly Followed[]) => jobs.map(({ detection }) => detection);
  return {
    'detect-end-p50-s': quantile(delays(uploading), 0.5),
    'detect-end-p95-s': quantile(delays(uploading), 0.95),
    'detect-end-nophase-p50-s': quantile(delays(without), 0.5),
    'detect-end-nophase-p95-s': quantile(delays(without), 0.95),
    'log-drain-s': quantile(
      uploading.map(({ drain }) => drain),
      0.5,
    ),
    // The shortest of them, an hour, is the dearest: a start and an end are asked for more often than what lies between.
    'calls-per-hour': Math.max(...quiet.map(({ calls, hours }) => calls / hours)),
  };
}

async function followAll(make: () => JobScript, count: number): Promise<Followed[]> {
  const all: Followed[] = [];
  for (let index = 0; index < count; index++) all.push(await followOne(make()));
  return all;
}

async function followOne(script: JobScript): Promise<Followed> {
  const job = new SimulatedJob(script);
  const { signal } = new AbortController();
  const task = { jobName: 'train-job', pollSeconds: undefined, until: Number.POSITIVE_INFINITY };
  await follow(task, { ...job, signal }, () => undefined);
  return {
    detection: job.noticedAt - job.endsAt,
    drain: job.clock.now() - job.noticedAt,
    calls: job.calls,
    hours: job.endsAt / HOUR,
  };
}

/** Lengths spread evenly over the orders of magnitude; `uploading` 0: the phase does not show. */
function makeJob(random: () => number, uploading: number): JobScript {
  const whole = SHORTEST * (LONGEST / SHORTEST) ** random();
  const starting = Math.min(between(random, 30, 240), whole * 0.3);
  const downloading = Math.min(between(random, 15, 90), whole * 0.2);
  const training = Math.max(whole - starting - downloading - uploading, 10);
  return jobOf(starting, downloading, training, uploading, [1, training / 2, training - 1]);
}

/** One node that says a word at the start and one at the end. */
function quietJob(random: () => number): JobScript {
  const training = HOUR * between(random, 1, 24);
  return jobOf(between(random, 60, 240), between(random, 15, 90), training, between(random, 5, 60), [1, training - 1]);
}

function jobOf(
  starting: number,
  downloading: number,
  training: number,
  uploading: number,
  lines: readonly number[],
): JobScript {
  const phases = Object.entries({
    Starting: starting,
    Downloading: downloading,
    Training: training,
    Uploading: uploading,
  });
  return {
    phases: phases.flatMap(([status, seconds]) => (seconds > 0 ? [{ status, seconds }] : [])),
    lines,
  };
}

function between(random: () => number, least: number, most: number): number {
  return least + random() * (most - least);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Mulberry32: the same jobs on every machine. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
