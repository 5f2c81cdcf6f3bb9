import { logStore, type StreamManners, TRAINING_LOG_GROUP } from '../logs/store.ts';
import { roleAllows } from '../sagemaker/execution-role.ts';
import type { Cloud } from '../state.ts';
import type { InterruptionWatch } from './interruption.ts';
import type { Job } from './job.ts';
import type { JobMetrics } from './metrics.ts';
import type { Plan } from './plan.ts';
import type { Host } from './request.ts';

/** Everything about one running job. */
export interface Context {
  readonly cloud: Cloud;
  readonly job: Job;
  readonly plan: Plan;
  readonly hosts: readonly Host[];
  readonly metrics: JobMetrics;
}

/** Writes lines of one container: to its log stream, to the metrics, and to whoever waits for an interruption. */
export type LineWriter = (line: string, at?: number) => void;

/** A writer for one start of one host's container. Each start has a stream of its own, named after its second. */
export function lineWriter({ cloud, job, plan, metrics }: Context, host: Host, watch: InterruptionWatch): LineWriter {
  const started = Math.floor(cloud.clock.now() / 1000);
  const stream = `${job.name}/${host.name}-${started}`;
  const { group, streams, emptyPages = 0, pageEvents = 10_000 } = plan.script.logs ?? {};
  const manners: StreamManners = { lag: job.delays.logs ?? 0, emptyPages, pageEvents };
  const arn = `arn:aws:logs:${cloud.region}:${cloud.account}:log-group:${TRAINING_LOG_GROUP}:log-stream:${stream}`;
  // Without the right to write logs a job runs on unheard.
  const mayWrite = roleAllows(cloud, job.request.RoleArn, 'logs:PutLogEvents', arn);
  const isHeard = mayWrite && group !== 'missing' && streams !== 'never';
  return (line, at = cloud.clock.now()) => {
    if (isHeard) cloud.shared(logStore).append(TRAINING_LOG_GROUP, stream, line, manners, at);
    metrics.readLine(line, at);
    if (host.name === 'algo-1') watch.sawLine();
  };
}
