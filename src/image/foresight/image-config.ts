/** What the configuration of an image in a registry tells of its containers. */
import type { Registry, RegistryImage } from '../../ports.ts';
import { bringsTrain } from './brings-train.ts';

export interface ImageConfig {
  /** `os/architecture` */
  readonly platform: string;
  readonly hasEntrypoint: boolean;
  /** Whether a program called `train` may be in it: so it is, unless each of its layers says otherwise. */
  readonly mayBringTrain: boolean;
}

/** A platform may name a variant: `linux/arm64/v8` is `linux/arm64`. */
export function isPlatform(actual: string, wanted: string): boolean {
  return wanted === actual || wanted.startsWith(`${actual}/`);
}

/** `undefined` when it cannot be had: what could be foreseen stops no training. */
export async function configOf(
  registry: Pick<Registry, 'configuration'>,
  repository: string,
  image: RegistryImage,
): Promise<ImageConfig | undefined> {
  try {
    return readImageConfig((await registry.configuration(repository, image)) ?? '');
  } catch {
    return undefined;
  }
}

/** The fields are those of the OCI image specification, which took them from Docker. Throws for what is no JSON. */
export function readImageConfig(text: string): ImageConfig | undefined {
  const { os, architecture, config, history } = Object(JSON.parse(text)) as Record<string, unknown>;
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  const { Entrypoint, Env } = Object(config) as { Entrypoint?: unknown; Env?: unknown };
  const forToolkit = Array.isArray(Env) && Env.some((each) => /^SAGEMAKER_TRAINING_MODULE=/.test(String(each)));
  return {
    platform: `${os}/${architecture}`,
    hasEntrypoint: Array.isArray(Entrypoint) && Entrypoint.length > 0,
    mayBringTrain: forToolkit || !Array.isArray(history) || history.length === 0 || history.some(stepMayBringTrain),
  };
}

/**
 * Files that were copied may be anything, and so may a layer that came otherwise than by a Dockerfile; the first one is the
 * distribution's. Steps look like `RUN …` or, of the builder before BuildKit, `/bin/sh -c …` and `/bin/sh -c #(nop) ADD …`.
 */
function stepMayBringTrain(entry: unknown, index: number): boolean {
  const { created_by: step, empty_layer: isEmpty } = Object(entry) as Record<string, unknown>;
  if (isEmpty === true || (index === 0 && DISTRIBUTION.test(String(step)))) return false;
  const [, command] = RUN.exec(String(step)) ?? [];
  return command === undefined || bringsTrain('RUN', command);
}

const DISTRIBUTION = /^(?:\/bin\/sh -c #\(nop\) +)?ADD |^# debian\.sh /;
const RUN = /^(?:RUN |(?:\|\d+ .*?)?\/bin\/\S*sh -c (?!#\(nop\)))(.*)$/s;
