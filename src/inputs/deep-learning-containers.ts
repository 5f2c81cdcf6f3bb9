/** `dlc:<repository>:<tag>`: an AWS Deep Learning Container, which lies in another account's registry in each region. */
import accounts from '../image/deep-learning-containers.json' with { type: 'json' };

export interface DeepLearningContainer {
  readonly repository: string;
  readonly tag: string;
}

const NAME = /^dlc:([a-z0-9]+(?:[._-][a-z0-9]+)*):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/;

/** `undefined` for what is no such name. */
export function readContainer(text: string): DeepLearningContainer | undefined {
  const [, repository, tag] = NAME.exec(text) ?? [];
  return repository === undefined || tag === undefined ? undefined : { repository, tag };
}

/** The image as it is pulled in a region; `undefined` where AWS has none. */
export function containerUri({ repository, tag }: DeepLearningContainer, region: string): string | undefined {
  const account = Object.entries(accounts).find(([, regions]) => regions.includes(region))?.[0];
  if (account === undefined) return undefined;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${account}.dkr.ecr.${region}.${domain}/${repository}:${tag}`;
}

/** Whether its toolkit is that of PyTorch, which knows `torchrun`. */
export function hasTorch({ repository }: DeepLearningContainer): boolean {
  return repository.includes('pytorch');
}
