import { mkdir, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Host, hostsOf, type TrainingRequest } from './request.ts';

/** Where the container sees its files. */
export const OPT_ML = '/opt/ml';

/** The directory SageMaker restores checkpoints to unless told otherwise. */
export const CHECKPOINT_PATH = '/opt/ml/checkpoints';

/** One host's `/opt/ml` on this machine, made anew for each start of its container. */
export interface MlDirectory {
  readonly host: Host;
  /** The directory that is `/opt/ml` inside. */
  readonly path: string;
}

/** The absolute path inside at which checkpoints are kept, without a slash at its end. */
export function checkpointPath({ CheckpointConfig }: TrainingRequest): string {
  return posix.resolve(CheckpointConfig?.LocalPath ?? CHECKPOINT_PATH);
}

/** The place on this machine of a path inside; paths outside `/opt/ml` get one beside it. */
export function hostPath(directory: MlDirectory, inside: string): string {
  const isInMl = inside === OPT_ML || inside.startsWith(`${OPT_ML}/`);
  return isInMl ? join(directory.path, inside.slice(OPT_ML.length)) : join(`${directory.path}-outside`, inside);
}

/** Makes the directories and the files of `/opt/ml/input/config`. `base` is `/opt/ml` as the program sees it. */
export async function fillConfig(directory: MlDirectory, request: TrainingRequest, base: string): Promise<void> {
  for (const name of ['input/config', 'input/data', 'model', 'output/data', 'code']) {
    await mkdir(join(directory.path, name), { recursive: true });
  }
  const write = (name: string, content: object) =>
    writeFile(join(directory.path, 'input/config', name), JSON.stringify(content));
  await write('hyperparameters.json', request.HyperParameters ?? {});
  await write('inputdataconfig.json', inputDataConfig(request));
  await write('resourceconfig.json', resourceConfig(request, directory.host));
  if (request.CheckpointConfig) {
    const inside = checkpointPath(request);
    const LocalPath =
      base === OPT_ML ? (request.CheckpointConfig.LocalPath ?? CHECKPOINT_PATH) : hostPath(directory, inside);
    await write('checkpointconfig.json', { LocalPath, S3Uri: request.CheckpointConfig.S3Uri });
  }
}

function inputDataConfig(request: TrainingRequest): Record<string, Record<string, string>> {
  const channels = (request.InputDataConfig ?? []).map((channel) => {
    const { S3DataDistributionType = 'FullyReplicated' } = channel.DataSource.S3DataSource ?? {};
    const config = {
      ...(channel.ContentType === undefined ? {} : { ContentType: channel.ContentType }),
      TrainingInputMode: channel.InputMode ?? request.AlgorithmSpecification.TrainingInputMode,
      S3DistributionType: S3DataDistributionType,
      RecordWrapperType: channel.RecordWrapperType ?? 'None',
    };
    return [channel.ChannelName, config] as const;
  });
  return Object.fromEntries(channels);
}

/** Hosts are in lexicographic order: `algo-10` comes before `algo-2`. */
function resourceConfig(request: TrainingRequest, current: Host): object {
  const hosts = hostsOf(request);
  const names = (of: readonly Host[]) => of.map(({ name }) => name).sort();
  const groups = [...new Set(hosts.map(({ group }) => group))].map((group) => {
    const members = hosts.filter((host) => host.group === group);
    return { instance_group_name: group, instance_type: members[0]?.instanceType, hosts: names(members) };
  });
  return {
    current_host: current.name,
    current_instance_type: current.instanceType,
    current_group_name: current.group,
    hosts: names(hosts),
    instance_groups: groups,
    network_interface_name: 'eth0',
  };
}
