/** What a Dockerfile tells of the container that SageMaker will start. Pure; only what is certain. */

import type { Reach } from '../dockerfile/reach.ts';
import type { ResolvedStage, Used, UsedImage } from '../dockerfile/resolve.ts';
import { jsonForm } from '../dockerfile/words.ts';
import { parseReference } from '../image-uri.ts';
import { bringsTrain } from './brings-train.ts';
import type { Finding } from './finding.ts';
import { type ImageConfig, isPlatform } from './image-config.ts';

export interface DockerfileFacts {
  readonly stages: Reach['stages'];
  /** That of the build. */
  readonly platform: string;
  /** Whether the context brings a file called `train`, or requirements that name a toolkit of SageMaker. */
  readonly contextBringsTrain: boolean;
  /** Of the image that the target begins with, where its registry tells. */
  readonly base: ImageConfig | undefined;
  /** The job starts the container with a command of its own. */
  readonly hasCommand: boolean;
}

export function dockerfileFindings(facts: DockerfileFacts): readonly Finding[] {
  const chain = chainOf(facts.stages);
  return [...platformFindings(chain, facts), ...(facts.hasCommand ? [] : entrypointFindings(chain, facts))];
}

/** The image that the target begins with. */
export function baseOfTarget(stages: Reach['stages']): Used<UsedImage> | undefined {
  return baseOf(chainOf(stages));
}

/** The target, the stage it begins with, and so on to the one that begins with an image. */
export function chainOf(stages: Reach['stages']): readonly ResolvedStage[] {
  const chain: ResolvedStage[] = [];
  for (let stage = stages.at(-1); stage !== undefined; ) {
    chain.push(stage);
    const { base } = stage;
    stage = 'stage' in base ? stages.find((each) => each.stage.index === base.stage.index) : undefined;
  }
  return chain;
}

function baseOf(chain: readonly ResolvedStage[]): Used<UsedImage> | undefined {
  const base = chain.at(-1)?.base;
  return base && 'image' in base ? base.image : undefined;
}

function platformFindings(
  chain: readonly ResolvedStage[],
  { platform, base: config }: DockerfileFacts,
): readonly Finding[] {
  const base = baseOf(chain);
  if (base && config && !isPlatform(config.platform, platform)) {
    const message = `The base image ${base.reference ?? base.written} is made for ${config.platform}, the build is for ${platform}: the container will not start on the instance.`;
    return [{ message, line: base.line }];
  }
  if (base?.platform === undefined || base.platform.includes('?') || base.platform === platform) return [];
  const message = `FROM --platform=${base.platform} is not the platform of the build (${platform}): the container may not start on the instance.`;
  return [{ message, line: base.line }];
}

/** SageMaker starts `docker run <image> train`: without an ENTRYPOINT there must be a program of that name. */
function entrypointFindings(
  chain: readonly ResolvedStage[],
  { stages, contextBringsTrain, base: config }: DockerfileFacts,
): readonly Finding[] {
  const isPlain = config ? !config.hasEntrypoint && !config.mayBringTrain : isOfficial(baseOf(chain));
  const instructions = chain.flatMap((stage) => stage.instructions.toReversed());
  const entrypoint = instructions.find(({ name }) => name === 'ENTRYPOINT');
  const isEmptied = entrypoint !== undefined && jsonForm(entrypoint.text)?.length === 0;
  if ((entrypoint && !isEmptied) || (!isEmptied && !isPlain)) return [];
  const all = stages.flatMap((stage) => stage.instructions);
  if (
    contextBringsTrain ||
    all.some(({ name, text, heredocs }) =>
      bringsTrain(name, [text, ...heredocs.map(({ content }) => content)].join('\n')),
    )
  )
    return [];
  const program = instructions.find(({ name, text }) => name === 'ENV' && /(?:^|\s)SAGEMAKER_PROGRAM[\s=]/.test(text));
  if (program) {
    const message =
      'SAGEMAKER_PROGRAM is read by the SageMaker training toolkit, but nothing in the Dockerfile installs one, and there is no ENTRYPOINT: add `RUN pip install sagemaker-training`, or an ENTRYPOINT that starts the program.';
    return [{ message, line: program.firstLine }];
  }
  const message =
    'The image has no ENTRYPOINT: SageMaker starts the container with the one word `train`, and nothing here brings a program of that name. Add an ENTRYPOINT in its JSON form.';
  return [{ message, line: (entrypoint ?? chain[0]?.stage.from)?.firstLine }];
}

/** Nothing at all, or one of Docker's official images: none of them holds a toolkit of SageMaker. */
function isOfficial(base: Used<UsedImage> | undefined): boolean {
  if (base?.reference === undefined) return false;
  if (base.reference === 'scratch') return true;
  const { host, repository = '' } = parseReference(base.reference) ?? {};
  const official =
    host === 'docker.io'
      ? /^library\//.test(repository)
      : host === 'public.ecr.aws' && /^docker\/library\//.test(repository);
  return official;
}
