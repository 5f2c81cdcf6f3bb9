/** How the training toolkit is told what to run, as the SageMaker Python SDK 2 tells it (estimator.py, model.py). */
import { posix } from 'node:path';
import type { ChannelSettings, Inputs } from '../inputs/inputs.ts';
import { jsonText } from '../inputs/json.ts';
import type { PlannedSource } from './request.ts';

/** `logging.INFO` of Python, the SDK's default. */
const LOG_LEVEL = 20;
const CODE = 'code';

export interface Submitted {
  readonly source: PlannedSource | undefined;
  readonly jobName: string;
}

/** The toolkit's own hyperparameters; none outside of script mode. */
export function scriptHyperparameters(
  { script, aws, network }: Inputs,
  { source, jobName }: Submitted,
): Record<string, string> {
  if (script === undefined || source === undefined) return {};
  const { sourceDir, entryPoint } = script;
  const inChannel = `/opt/ml/input/data/${CODE}/${posix.basename(source.uri)}`;
  return {
    sagemaker_submit_directory: jsonText(network.isolation ? inChannel : source.uri),
    sagemaker_program: jsonText(sourceDir === undefined ? posix.basename(entryPoint) : entryPoint),
    sagemaker_container_log_level: jsonText(LOG_LEVEL),
    sagemaker_job_name: jsonText(jobName),
    sagemaker_region: jsonText(aws.region),
  };
}

/** A container without a network gets the program as a channel. */
export function codeChannel(
  { network }: Inputs,
  source: PlannedSource | undefined,
): Readonly<Record<string, ChannelSettings>> {
  if (source === undefined || !network.isolation) return {};
  const S3DataSource = {
    S3DataType: 'S3Prefix',
    S3Uri: source.uri,
    S3DataDistributionType: 'FullyReplicated',
  } as const;
  return { [CODE]: { DataSource: { S3DataSource } } };
}
