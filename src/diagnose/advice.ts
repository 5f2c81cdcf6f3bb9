/** What could be better about a training that succeeded: at most three things, each with what shows it. Pure. */
import { duration, times } from '../report/figures.ts';
import { hourlyPrice } from '../report/prices.ts';
import type { MetricSeries } from './evidence.ts';
import type { Progress } from './progress.ts';
import { smallerType } from './remedies/smaller-type.ts';
import { usageOf } from './usage.ts';

export interface Advice {
  readonly kind: 'from-zero' | 'max-wait' | 'sync-silent' | 'smaller-type';
  /** What to do. */
  readonly text: string;
  readonly evidence: string;
}

/** Times are epoch seconds, spans seconds. */
export interface Completed {
  readonly instanceType: string | undefined;
  readonly createdAt: number | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly maxWaitSeconds: number | undefined;
  readonly interruptions: number;
  readonly checkpointUri: string | undefined;
  /** Of the checkpoint prefix; absent where it could not be listed. */
  readonly checkpoints: { readonly count: number; readonly newestAt: number } | undefined;
  readonly metrics: readonly MetricSeries[];
  /** A line of the log speaks of resuming. */
  readonly resumed: boolean;
  readonly restart: ReturnType<Progress['restart']>;
}

const MOST = 3;

export function adviceOn(job: Completed): readonly Advice[] {
  return [fromZero(job), nearMaxWait(job), silentSync(job), oversized(job)]
    .filter((advice) => advice !== undefined)
    .slice(0, MOST);
}

/** Only what the log shows is certain: a program may keep its state elsewhere. The report says the rest as a doubt. */
function fromZero({ interruptions, checkpoints, restart, resumed, checkpointUri }: Completed): Advice | undefined {
  if (interruptions === 0 || resumed || !checkpoints || !restart) return undefined;
  const { unit, reached, again } = restart;
  const seen = `Interrupted ${times(interruptions)}: the log came to ${unit} ${reached}, and after that to ${unit} ${again} again`;
  if (checkpoints.count === 0) {
    return {
      kind: 'from-zero',
      text: 'Write checkpoints to `checkpoint-path` as the training goes on, and load the newest when it starts: after an interruption it began from zero.',
      evidence: `${seen}; nothing was ever written to ${checkpointUri}`,
    };
  }
  return {
    kind: 'from-zero',
    text: 'Load the newest checkpoint when the program starts: after an interruption it began from zero, although checkpoints were there.',
    evidence: `${seen}; ${checkpointUri} holds ${checkpoints.count} objects`,
  };
}

/** From this share on a little more waiting would have ended the job. */
const NEARLY = 0.8;
/** Whole half hours. Seconds. */
const STEP = 1_800;
/** The longest that the API takes. Seconds. */
const LONGEST_WAIT = 30 * 86_400;

function nearMaxWait({ createdAt, endedAt, maxWaitSeconds }: Completed): Advice | undefined {
  if (createdAt === undefined || endedAt === undefined || maxWaitSeconds === undefined) return undefined;
  const took = endedAt - createdAt;
  if (took < NEARLY * maxWaitSeconds || maxWaitSeconds >= LONGEST_WAIT) return undefined;
  const roomy = Math.min(LONGEST_WAIT, Math.ceil((took * 1.5) / STEP) * STEP);
  return {
    kind: 'max-wait',
    text: `Raise \`max-wait\` (\`${Math.floor(roomy / 3_600)}h${roomy % 3_600 === 0 ? '' : '30m'}\`, say): a longer wait for spot capacity would have ended this training.`,
    evidence: `It took ${duration(took)} of the ${duration(maxWaitSeconds)} that \`max-wait\` allows, waiting included`,
  };
}

/** A shorter training has little to lose. Seconds. */
const LONG_TRAINING = 3_600;
const LONG_SILENCE = 1_800;

/** The uploader was seen to stop silently in long jobs; a program that saves seldom looks the same from outside. */
function silentSync({ startedAt, endedAt, checkpoints, checkpointUri }: Completed): Advice | undefined {
  if (startedAt === undefined || endedAt === undefined || !checkpoints || checkpoints.count === 0) return undefined;
  const trained = endedAt - startedAt;
  const silence = endedAt - checkpoints.newestAt;
  if (trained < LONG_TRAINING || silence < Math.max(LONG_SILENCE, trained / 4)) return undefined;
  return {
    kind: 'sync-silent',
    text: 'Save checkpoints more often, and if the program did, look at the sync: an interruption near the end would have cost all that time.',
    evidence: `The newest object under ${checkpointUri} was written ${duration(silence)} before the training ended, which took ${duration(trained)}`,
  };
}

/** One-minute samples miss short peaks: fewer of them say too little. */
const LEAST_SAMPLES = 10;

function oversized({ instanceType, metrics, startedAt, endedAt }: Completed): Advice | undefined {
  const used = usageOf(metrics, instanceType);
  if (used.length === 0 || used.some(({ samples }) => samples < LEAST_SAMPLES)) return undefined;
  const smaller = smallerType(instanceType, used);
  const [now, then] = [hourlyPrice(instanceType ?? ''), hourlyPrice(smaller ?? '')];
  if (smaller === undefined || !now || !then || then.usdPerHour >= now.usdPerHour) return undefined;
  const saved = Math.round((1 - then.usdPerHour / now.usdPerHour) * 100);
  const list = used.map(({ metric, highest }) => `${metric} ${Math.round(highest)} %`).join(', ');
  const span = startedAt !== undefined && endedAt !== undefined ? ` in ${duration(endedAt - startedAt)}` : '';
  return {
    kind: 'smaller-type',
    text: `Try \`instance-type: ${smaller}\`: it would have held this training at about ${saved} % less an hour (${then.usdPerHour.toFixed(2)} instead of ${now.usdPerHour.toFixed(2)} USD on demand, estimate).`,
    evidence: `The most that ${instanceType} used${span}: ${list}; samples are a minute apart`,
  };
}
